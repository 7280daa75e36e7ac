//! 1688: 已卖出的货品 → 导出. One row an order; buyers are companies with a member name.
//!
//! Further goods of an order stand on rows below whose order fields are blank.

use super::{Profile, Quirk, RowModel};
use crate::role::Role;

pub(super) const PROFILE: Profile = Profile {
    id: "1688",
    name: "1688",
    signatures: &[&["订单编号", "买家公司名", "买家会员名", "实付款"]],
    columns: &[
        (Role::OrderNumber, &["订单编号"]),
        (Role::OrderedAt, &["订单创建时间"]),
        (Role::PaidAt, &["订单付款时间"]),
        (Role::Total, &["实付款"]),
        (Role::Refunded, &["退款金额"]),
        (Role::Status, &["订单状态"]),
        (Role::Phone, &["联系手机", "联系电话"]),
        (Role::Member, &["买家会员名"]),
        (Role::Name, &["买家公司名", "收货人姓名"]),
        (Role::ProductName, &["货品标题"]),
        (Role::Sku, &["单品货号", "货号"]),
        (Role::Quantity, &["数量"]),
        (Role::UnitPrice, &["单价"]),
    ],
    row_model: RowModel::FirstRow,
    quirks: &[Quirk::MemberFirst, Quirk::NumberOnFirstRow, Quirk::NumbersAreUnique],
    ..Profile::CHINESE
};
