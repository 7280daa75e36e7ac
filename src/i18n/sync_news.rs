//! What happens while devices sync, what holds their news back, and what the fields that they edit are
//! called.

use super::{Format, Words};
use protocol::sync::{SyncHappened, SyncHeld};

/// So many digits of a device's name tell it from the others of a shop.
const DIGITS: usize = 6;

impl Words {
    /// A device by its id.
    pub fn sync_device_named(self, id: &str) -> String {
        self.sync_device(id.get(..DIGITS).unwrap_or(id))
    }

    /// Why the news of a device wait.
    pub fn sync_held(self, held: SyncHeld) -> String {
        match held {
            SyncHeld::Damaged => self.sync_held_damaged().to_owned(),
            SyncHeld::TooNew => self.sync_held_too_new().to_owned(),
            SyncHeld::Future => self.sync_held_future().to_owned(),
            SyncHeld::Missing => self.sync_held_missing().to_owned(),
            SyncHeld::Deletes { customers } => {
                self.sync_held_deletes(customers, &Format::of(self).count(customers as f64))
            }
        }
    }

    /// Something that has happened.
    pub fn sync_happened(self, what: &SyncHappened) -> String {
        use SyncHappened as H;
        let count = |number: u64| Format::of(self).count(number as f64);
        match what {
            H::Began { founded: true } => self.sync_began_founded().to_owned(),
            H::Began { founded: false } => self.sync_began_joined().to_owned(),
            H::Round { received, sent } => self.sync_round(&count(*received), &count(*sent)),
            H::ImportCame { file } => self.sync_import_came(file),
            H::Met(device) => self.sync_met(&self.sync_device_named(device)),
            H::Renamed => self.sync_renamed().to_owned(),
            H::Forked(device) => self.sync_forked(&self.sync_device_named(device)),
            H::RolledBack { missing } => self.sync_rolled_back(*missing, &count(*missing)),
            H::Behind(device) => self.sync_behind(&self.sync_device_named(device)),
            H::Held(device, held) => {
                self.sync_news_held(&self.sync_device_named(device), &self.sync_held(*held))
            }
            H::VaultMended => self.sync_vault_mended().to_owned(),
            H::PassphraseChanged => self.sync_passphrase_was_changed().to_owned(),
            H::PartDamaged => self.sync_part_damaged().to_owned(),
            H::PartMissing => self.sync_part_missing().to_owned(),
            H::Failed(trouble) => self.sync_trouble(trouble),
        }
    }

    /// What a field is called, by its stored name; the names of lists end with what they are of.
    pub fn sync_field(self, name: &str) -> &str {
        match name.split_once(':').map_or(name, |it| it.0) {
            "name" => self.sync_field_name(),
            "note" => self.note(),
            "tags" => self.tags(),
            "owner" => self.sync_field_owner(),
            "churn_reason" => self.sync_field_reason(),
            "win_back" => self.sync_field_win_back(),
            "do_not_contact" => self.sync_field_blocked(),
            "put_off" | "service_put_off" => self.sync_field_put_off(),
            "time_zone" | "time_zone.found" => self.time_zone(),
            "currency" | "currency.found" => self.currency(),
            "country" | "country.found" => self.country(),
            "rate" => self.rates_title(),
            "tier_shares" => self.sync_field_tiers(),
            "rfm" => self.sync_field_rfm(),
            "lifecycle" => self.sync_field_lifecycle(),
            "grades" => self.sync_field_grades(),
            "segment" => self.sync_field_segment(),
            "reading" => self.sync_field_reading(),
            "shared_key" => self.sync_field_shared_key(),
            "target_identified" | "target_satisfied" | "target_repeat" => self.sync_field_target(),
            _ => name,
        }
    }
}

words! {
    sync_held_damaged: "A file of it cannot be used: damaged, changed by somebody, or of another key. What it told before holds. It is written again once that device is open.", "它的一个文件无法使用：已损坏、被改动或密钥不符。此前的内容仍有效。该设备再次打开后会重新写入。";
    sync_held_too_new: "It runs a newer version of Regulars. Reload this page to get it.", "它使用更新版本的熟客。请重新加载此页面以更新。";
    sync_held_future: "Its clock is years ahead. Set the clock there; what it told before holds.", "它的时钟快了数年。请校准该设备的时钟；此前的内容仍有效。";
    sync_held_missing: "A file of it is missing on the server. What it told before holds; the rest comes once that device, or another that has read it, is open.", "服务器上缺少它的一个文件。此前的内容仍有效；该设备或读过该文件的设备打开后会补上。";
    [n] sync_held_deletes: "It deletes {n} customer. That is a lot at once: nothing is deleted here before you agree.", "It deletes {n} customers. That is a lot at once: nothing is deleted here before you agree.", "它删除了 {n} 位客户，数量较多：在您同意之前，本设备不会删除。";

    sync_began_founded: "Sync began: the shop was put on the server.", "同步开始：店铺已创建到服务器。";
    sync_began_joined: "Sync began: this device joined the shop on the server.", "同步开始：本设备已加入服务器上的店铺。";
    (received: &str, sent: &str) sync_round: "Received: {received}. Sent: {sent}.", "接收 {received}，发送 {sent}。";
    (file: &str) sync_import_came: "The import {file} of another device is all here.", "来自其他设备的导入 {file} 已完整接收。";
    (device: &str) sync_met: "Heard of for the first time: {device}.", "首次发现：{device}。";
    sync_renamed: "This device is a copy of another, or was copied. It goes on under a new name, so that neither writes over the other.", "本设备是另一台设备的副本或曾被复制，现以新名称继续，互不覆盖。";
    (device: &str) sync_forked: "{device}: two histories met in its folder. Both were read, nothing is lost.", "{device}：其文件夹中有两份历史，均已读取，没有丢失。";
    [n] sync_rolled_back: "The server is older than what it had confirmed, as after a restored backup: {n} file was missing. It was sent again, nothing is lost.", "The server is older than what it had confirmed, as after a restored backup: {n} files were missing. They were sent again, nothing is lost.", "服务器内容比之前确认的更旧（可能恢复了备份）：缺少 {n} 个文件，已重新发送，没有丢失。";
    (device: &str) sync_behind: "{device}: the server holds less of it than it has shown before. What is known here stays.", "{device}：服务器上的内容比之前少。本设备已知的内容保留。";
    (device: &str, why: &str) sync_news_held: "{device}: {why}", "{device}：{why}";
    sync_vault_mended: "The file that says which shop this is was cut off on the server. It was written again.", "服务器上标识店铺的文件不完整，已重新写入。";
    sync_passphrase_was_changed: "The passphrase was changed. For new devices the new one holds.", "密码短语已更改，新设备请使用新的。";
    sync_part_damaged: "A part of an import cannot be used. The device that has the file writes it again once it is open.", "导入的一个分块无法使用。拥有该文件的设备打开后会重新写入。";
    sync_part_missing: "A part of an import is missing on the server. The device that has the file sends it again once it is open.", "服务器上缺少导入的一个分块。拥有该文件的设备打开后会重新发送。";

    sync_field_name: "Name", "名称";
    sync_field_owner: "Looked after by", "负责人";
    sync_field_reason: "Why they leave", "流失原因";
    sync_field_win_back: "Won back or lost", "挽回判断";
    sync_field_blocked: "Do not contact", "勿联系";
    sync_field_put_off: "Left alone until", "暂缓联系至";
    sync_field_tiers: "Shares of the tiers", "分层比例";
    sync_field_rfm: "How customers are scored", "RFM 评分方式";
    sync_field_lifecycle: "Stages of the life-cycle", "生命周期划分";
    sync_field_grades: "The shop's grades", "店铺等级规则";
    sync_field_segment: "A segment", "细分人群";
    sync_field_reading: "How a kind of file is read", "文件读取方式";
    sync_field_shared_key: "An address of several people", "多人共用的联系方式";
    sync_field_target: "A target", "目标";
}
