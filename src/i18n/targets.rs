//! Words of what the shop wants to reach.

words! {
    targets_title: "Targets", "目标";
    targets_note: "What the shares of the first screen are to reach. Each stands under its figure.", "首页三项比例的目标，显示在对应数字下方。";
    target_hint: "Percent, as 80. Empty: no target.", "百分比，如 80。留空则无目标。";
    target_bad: "A target is a number above 0, at most 100.", "目标须大于 0 且不超过 100。";
}
