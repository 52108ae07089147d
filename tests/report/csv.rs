//! CSV.

use super::made;
use biz::export::csv::csv;

#[test]
fn a_row_a_figure_and_period() {
    let lines = [
        "path,title,kind,unit,period,value",
        "assistant.revenue,\"Revenue, \"\"gross\"\"\",flow,USD/month,2026-01,0.30000000000000004",
        "assistant.revenue,\"Revenue, \"\"gross\"\"\",flow,USD/month,2026-02,",
        "市场.份额,'=1+1,ratio,%,2026-01,-4.5",
        "市场.份额,'=1+1,ratio,%,2026-02,1e21",
        "smb.size,\"Companies\nof the region\",input,company,,1800000",
        "launch,Launch,input,,,2026-04",
        "ready,Ready,level,,,true",
        "runway,Runway,level,month,,",
        "",
    ];
    assert_eq!(csv(&made::plan()), lines.join("\r\n"));
}
