//! Models at a revision of git; where the machine has no git, nothing is shown.

use super::Room;
use std::process::Command;

/// What git does in the room, without anybody's settings; whether it could.
fn git(room: &Room, arguments: &[&str]) -> bool {
    let mut command = Command::new("git");
    command.args(arguments).current_dir(&room.path).env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    for who in ["AUTHOR", "COMMITTER"] {
        command.env(format!("GIT_{who}_NAME"), "A modeller").env(format!("GIT_{who}_EMAIL"), "modeller@example.org");
    }
    command.output().is_ok_and(|output| output.status.success())
}

fn commit(room: &Room) {
    assert!(git(room, &["add", "--all"]) && git(room, &["commit", "--quiet", "--message", "a plan"]));
}

#[test]
fn a_model_and_what_it_imports_are_read_at_a_revision() {
    let room = Room::new("revisions");
    if !git(&room, &["init", "--quiet"]) {
        return;
    }
    room.write("plans/计划.biz", "import \"parts/costs.biz\"\nprice = 3 USD\nleft = price - cost_of_one\n".as_bytes());
    room.write("plans/parts/costs.biz", b"cost_of_one = 1 USD\n");
    commit(&room);
    assert!(git(&room, &["tag", "first"]));
    room.write("plans/计划.biz", "import \"parts/costs.biz\"\nprice = 5 USD\nleft = price - cost_of_one\n".as_bytes());
    commit(&room);
    room.write("plans/parts/costs.biz", b"# dearer\ncost_of_one = 1.50 USD\n");

    // 3 − 1 = 2 became 5 − 1.5.
    let printed = room.run("biz diff git:first:plans/计划.biz plans/计划.biz left");
    assert_eq!((printed.code, printed.err.as_str()), (0, ""), "{}", printed.out);
    let wanted = "git:first:plans/计划.biz → plans/计划.biz

Key figures
             before  after  difference
  left  USD     2.0    3.5        +1.5
  over the whole timeline: flows are totals, levels stand at its end, ratios are
  of the totals

What each change does alone
               left
                USD
  price         2.0
  cost_of_one  -0.5
  difference    1.5

Changes
  price: 3 USD → 5 USD [plans/计划.biz:2]
  cost_of_one: 1 USD → 1.50 USD (= 1.5 USD) [plans/parts/costs.biz:2]
";
    assert_eq!(printed.out, wanted);
    let printed = room.run("biz diff git:first:plans/计划.biz git:HEAD:plans/计划.biz left");
    assert!(printed.out.ends_with("Changes\n  price: 3 USD → 5 USD [git:HEAD:plans/计划.biz:2]\n"), "{}", printed.out);

    for (name, told) in [
        ("git:second:plans/计划.biz", "git knows no revision `second`"),
        ("git:--all:plans/计划.biz", "git knows no revision `--all`"),
        ("git:first:plans/plan.biz", "`first` holds no `plans/plan.biz`"),
        ("git:first:plans", "`git:first:plans` is a folder"),
    ] {
        let printed = room.run(&format!("biz diff {name} plans/计划.biz --message-format short"));
        assert_eq!((printed.code, printed.out.as_str()), (2, ""), "{name}");
        assert!(printed.err.contains(told), "{name}: {}", printed.err);
    }
}
