//! 淘宝 and 天猫: 千牛 → 已卖出的宝贝 → 批量导出, in the layouts of 38 and of 71 columns. One row an order.
//!
//! Member names are the customer's key, where they are not masked; telephones are masked or relay
//! numbers that expire; some shops have the real one within the address. What was paid stands beside what was to be paid, which an order that nobody
//! paid is of. A trade that was closed is cancelled, unless only a part was given back.

use super::{Profile, Quirk, RowModel};
use crate::role::Role;

pub(super) const PROFILE: Profile = Profile {
    id: "taobao",
    name: "淘宝/天猫",
    signatures: &[
        &["订单编号", "买家会员名", "买家实际支付金额", "订单状态"],
        &["订单编号", "买家应付货款", "总金额", "订单状态", "订单创建时间"],
    ],
    columns: &[
        (Role::OrderNumber, &["订单编号", "主订单编号"]),
        (Role::OrderedAt, &["订单创建时间"]),
        (Role::PaidAt, &["订单付款时间"]),
        (Role::Total, &["买家实际支付金额", "总金额"]),
        (Role::Due, &["总金额", "买家应付货款"]),
        (Role::Refunded, &["退款金额"]),
        (Role::Status, &["订单状态"]),
        (Role::Phone, &["联系手机", "联系电话"]),
        (Role::Member, &["买家会员名", "买家昵称"]),
        (Role::Name, &["收货人姓名"]),
        (Role::Address, &["收货地址"]),
        (Role::ProductName, &["宝贝标题", "商品标题"]),
        (Role::Quantity, &["宝贝总数量"]),
    ],
    row_model: RowModel::Order,
    quirks: &[Quirk::MemberFirst, Quirk::ClosedMayBePart, Quirk::NumbersAreUnique],
    ..Profile::CHINESE
};
