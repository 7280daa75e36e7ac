//! Words of backups: made, kept, restored.

use super::Words;
use protocol::BackupFault;

impl Words {
    /// Why a backup cannot be made or restored.
    pub fn backup_fault(self, fault: &BackupFault) -> String {
        match fault {
            BackupFault::NotABackup => self.not_a_backup().to_owned(),
            BackupFault::TooNew => self.backup_too_new().to_owned(),
            BackupFault::CutShort => self.backup_cut_short().to_owned(),
            BackupFault::Damaged(detail) => self.detailed(self.backup_damaged(), detail),
            BackupFault::Locked => self.backup_is_locked().to_owned(),
            BackupFault::WrongPassphrase => self.wrong_passphrase().to_owned(),
            BackupFault::NoneChosen => self.no_backup_chosen().to_owned(),
            BackupFault::ChangedSince => self.changed_since_restore().to_owned(),
            BackupFault::Unable(detail) => self.detailed(self.backup_unable(), detail),
        }
    }
}

words! {
    backup_title: "Backup", "备份";
    backup_note: "One file with everything: orders, customers, notes, tags and the shop's settings. Keep it somewhere else than on this device.", "一个文件包含全部内容：订单、客户、备注、标签和店铺设置。请保存到本设备以外的地方。";
    save_backup: "Save a backup", "保存备份";
    no_backup_yet: "No backup has been made on this device yet.", "本设备尚未做过备份。";
    (when: &str) last_backup: "The last one: {when}", "上次备份：{when}";

    lock_backup: "Lock it with a passphrase", "用密码短语加密";
    lock_backup_note: "Whoever finds the file can read nothing without the passphrase. Nor can you: it cannot be recovered. Several unrelated words are best.", "没有密码短语，任何人都无法读取该文件，包括您自己：密码短语无法找回。建议使用几个互不相关的词。";
    passphrase: "Passphrase", "密码短语";
    passphrase_again: "Once more", "再输入一次";
    save_locked: "Save a locked backup", "保存加密备份";
    (n: &str) passphrase_short: "At least {n} letters: shorter ones are soon guessed.", "至少 {n} 个字符：太短容易被猜中。";
    passphrases_differ: "The two are not the same.", "两次输入不一致。";

    folder_title: "Into a folder, every day", "每天自动备份到文件夹";
    folder_text: "Choose a folder, as one that your cloud drive copies: whenever Regulars is open and a day has passed, the backup there is renewed.", "选择一个文件夹（例如云盘同步的文件夹）：打开熟客时，如已过一天，其中的备份会自动更新。";
    (name: &str) folder_chosen: "Goes into the folder “{name}” once a day while Regulars is open.", "打开熟客时每天自动备份到文件夹“{name}”。";
    (name: &str) folder_lapsed: "No backup goes into the folder “{name}” any more: the browser wants your leave again.", "备份已不再写入文件夹“{name}”：浏览器需要您重新授权。";
    folder_renew: "Allow it again", "重新授权";
    folder_choose: "Choose a folder", "选择文件夹";
    folder_stop: "Stop it", "停止备份";
    folder_failed: "The backup could not be written into the folder. Choose it again.", "无法写入备份文件夹，请重新选择。";

    restore_title: "Restore a backup", "恢复备份";
    restore_text: "On an empty device all is as it was. Where there are data already, what is missing is added; nothing is counted twice.", "在空设备上完全还原；已有数据时只补充缺少的内容，不会重复计算。";
    choose_backup: "Choose the file", "选择文件";
    looking_into_backup: "Checking the backup", "正在检查备份";
    (share: &str) restoring: "Restoring: {share}", "正在恢复：{share}";
    passphrase_of_backup: "Passphrase of the backup", "备份的密码短语";
    open_backup: "Open", "打开";
    restore_now: "Restore", "恢复";
    cancel_restore: "Leave it", "取消";
    restored: "The backup is restored. All figures are up to date.", "备份已恢复，所有数字均已更新。";
    restore_undone: "All is as it was before the backup was restored.", "已回到恢复备份之前的状态。";
    (when: &str) backup_of: "A backup of {when}.", "{when} 的备份。";
    [n] imports_n: "{n} import", "{n} imports", "{n} 次导入";
    [n] edits_n: "{n} edit", "{n} edits", "{n} 处修改";
    (what: &str) backup_brings: "It brings {what}.", "将恢复：{what}。";
    (what: &str) backup_known: "Here already: {what}.", "已有：{what}。";
    backup_all_here: "All of it is here already: there is nothing to restore.", "其中内容均已存在，无需恢复。";
    backup_merges: "They are added to the data here; where both say something of the same thing, the later edit holds.", "内容将与现有数据合并；同一处有不同修改时，以较晚的为准。";
    backup_unread: "Part of the history of your edits is damaged here. The backup has your edits as they are now.", "部分编辑历史记录已损坏。备份包含当前的编辑内容。";
    (names: &str) backup_missing: "Not in the backup, because they are damaged: {names}. Import these files again.", "以下导入已损坏，不在备份中：{names}。请重新导入这些文件。";

    not_a_backup: "This is no backup of Regulars. Order files go to Import.", "这不是熟客的备份文件。订单文件请到“导入”页面导入。";
    backup_too_new: "A newer version of Regulars made this backup. Reload the page to get the newest, then try again.", "该备份由更新版本的熟客创建。请刷新页面更新后重试。";
    backup_cut_short: "This backup is not complete: its end is missing. Nothing was changed. Copy or download the file again, or take another backup.", "该备份不完整，缺少结尾部分。数据未作任何更改。请重新复制或下载该文件，或使用其他备份。";
    backup_damaged: "This backup is damaged. Nothing was changed. Take another copy of it.", "该备份已损坏，数据未作任何更改。请使用其他副本。";
    backup_is_locked: "This backup is locked by a passphrase.", "该备份已用密码短语加密。";
    wrong_passphrase: "This passphrase does not open it.", "密码短语不正确。";
    no_backup_chosen: "Choose the backup again.", "请重新选择备份文件。";
    changed_since_restore: "Something has changed since the backup was restored, so it cannot be taken out as a whole any more. Its imports can be taken back one by one below.", "恢复备份之后数据又有变化，无法整体撤销。可在下方逐一撤销导入。";
    backup_unable: "This browser cannot read or write the backup.", "浏览器无法读取或写入备份。";

    storage_kept: "This browser has promised to keep the data even when space gets short.", "浏览器已承诺即使空间不足也会保留数据。";
    storage_not_kept: "This browser may delete the data when space gets short: a backup is the way to be sure.", "空间不足时浏览器可能会删除数据：请做好备份以防万一。";

    evicted: "This browser has deleted the shop that was here on your last visit, as it does when space gets short or its data are cleared. A backup brings it back.", "此浏览器已删除您上次访问时的店铺数据（可能因空间不足或清除了浏览数据）。可用备份恢复。";
    (when: &str) backup_due: "Your data are in this browser alone. {when}", "您的数据只保存在此浏览器中。{when}";
    backup_later: "Not now", "暂不";
}
