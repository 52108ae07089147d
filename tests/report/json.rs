//! JSON: the contract with programs.

use super::made;
use biz::export::json;
use serde_json::{Value, json};

fn plan() -> Value {
    serde_json::from_str(&json::json(&made::plan())).expect("it is JSON")
}

#[test]
fn the_keys_of_the_contract_in_its_order() {
    let plan = plan();
    let keys: Vec<&String> = plan.as_object().expect("an object").keys().collect();
    assert_eq!(keys, ["schema", "model", "title", "periods", "series", "scalars", "requirements", "scenario", "samples"]);
    assert_eq!(plan["schema"], json!(1));
    assert_eq!(plan["model"], json!("support"));
    assert_eq!(plan["scenario"], json!("price_war"));
    assert_eq!(plan["periods"], json!(["2026-01", "2026-02"]));
}

#[test]
fn series_and_scalars_by_path() {
    let plan = plan();
    assert_eq!(
        plan["series"]["assistant.revenue"],
        json!({"unit": "USD/month", "kind": "flow", "title": "Revenue, \"gross\"", "values": [0.1 + 0.2, null]})
    );
    assert_eq!(plan["series"]["市场.份额"]["values"], json!([-4.5, 1e21]));
    assert_eq!(plan["scalars"]["smb.size"]["value"], json!(1_800_000));
    assert_eq!(plan["scalars"]["launch"]["value"], json!("2026-04"));
    assert_eq!(plan["scalars"]["ready"]["value"], json!(true));
    assert_eq!(plan["scalars"]["runway"], json!({"unit": "month", "kind": "level", "title": "Runway", "value": null}));
}

#[test]
fn requirements_tell_the_first_miss_and_the_worst() {
    let plan = plan();
    let margin = &plan["requirements"][1];
    assert_eq!(margin["status"], json!("failed"));
    assert_eq!(margin["text"], json!("gross_margin >= 60% from 2027-01"));
    assert_eq!(margin["message"], json!("inference has to stay cheap"));
    assert_eq!((&margin["first"], &margin["worst"]), (&json!("2027-01"), &json!("2027-01")));
    assert_eq!((&margin["value"], &margin["bound"], &margin["unit"]), (&json!(58.25), &json!(60), &json!("%")));
    assert_eq!(margin["scenario"], Value::Null);
    assert_eq!(margin["breaches"][1]["worst"]["value"], json!({"value": 41, "unit": "%"}));
    let met = &plan["requirements"][0];
    assert_eq!((&met["status"], &met["first"], &met["value"]), (&json!("met"), &Value::Null, &Value::Null));
    assert_eq!(plan["requirements"][2]["status"], json!("undefined"));
    assert_eq!(plan["requirements"][3]["status"], json!("warning"));
}

#[test]
fn digits_read_back_and_are_the_shortest() {
    let text = json::json(&made::plan());
    assert!(text.contains("0.30000000000000004"));
    assert!(text.contains("1800000\n"), "{text}");
    assert!(!text.contains("1800000.0"));
}
