//! Words of the lock of this device.

use super::Words;
use protocol::LockFault;

impl Words {
    /// Why the lock does not do what was asked.
    pub fn lock_fault(self, fault: &LockFault) -> String {
        match fault {
            LockFault::Closed => self.lock_closed().to_owned(),
            LockFault::Changed => self.lock_changed().to_owned(),
            LockFault::WrongPassphrase => self.lock_wrong_passphrase().to_owned(),
            LockFault::WrongCode => self.lock_wrong_code().to_owned(),
            LockFault::Unable(detail) => self.detailed(self.lock_unable(), detail),
        }
    }
}

words! {
    lock_closed: "The data on this device are locked.", "本设备上的数据已锁定。";
    lock_changed: "The lock of this device has changed. Reload the page.", "本设备的锁定状态已改变，请刷新页面。";
    lock_wrong_passphrase: "This is not the passphrase. Nothing has changed; try again.", "密码短语不正确。数据没有变化，请重试。";
    lock_wrong_code: "This is not the recovery code. Look for letters that are mistyped.", "恢复码不正确，请检查是否有输错的字符。";
    lock_unable: "This browser cannot encrypt here. It needs an address that begins with https.", "浏览器无法在此加密，需要以 https 开头的网址。";

    lock_title: "Locked", "已锁定";
    lock_text: "What Regulars keeps in this browser is encrypted. The passphrase opens it.", "熟客保存在此浏览器中的数据已加密，输入密码短语即可打开。";
    lock_unlock: "Unlock", "解锁";
    lock_unlocking: "Unlocking…", "正在解锁…";
    lock_passphrase_wanted: "Type the passphrase.", "请输入密码短语。";
    lock_stay: "Stay unlocked in this browser until I lock it", "在此浏览器中保持解锁，直到我锁定";
    lock_by_code: "I have only the recovery code", "我只有恢复码";
    lock_by_passphrase: "I have the passphrase", "我有密码短语";
    lock_by_code_text: "The code opens the data, and a new passphrase takes the place of the forgotten one.", "恢复码可打开数据，并用新的密码短语替换忘记的密码短语。";
    lock_new_passphrase: "The new passphrase", "新的密码短语";
    lock_forgotten: "I have neither", "两者都没有";
    lock_forgotten_text: "Then nobody can open the data. You can delete them from this browser and begin anew, with your files or a backup.", "那么任何人都无法打开数据。您可以从此浏览器中删除数据，再用文件或备份重新开始。";

    lock_section: "Security", "安全";
    lock_off_text: "With a passphrase, everything that Regulars keeps in this browser is encrypted, and the passphrase is asked for when it is opened.", "设置密码短语后，熟客在此浏览器中保存的所有内容都会加密，打开时需要输入密码短语。";
    lock_off_memory: "In this window nothing is kept, so there is nothing to lock.", "此窗口不保存任何数据，无需锁定。";
    lock_set: "Lock this device", "锁定本设备";
    lock_setting: "Encrypting…", "正在加密…";
    lock_is_on: "The data on this device are encrypted.", "本设备上的数据已加密。";
    lock_was_set: "The lock is on. Keep the recovery code.", "锁定已启用，请保存恢复码。";
    lock_sheet_text: "It opens the data on this device if the passphrase is forgotten. It is shown this once; without it and without the passphrase nobody can open them.", "忘记密码短语时可用它打开本设备上的数据。仅显示这一次；没有它也没有密码短语，任何人都无法打开数据。";
    lock_sheet_use: "On the lock screen choose “I have only the recovery code” and type it.", "在锁定界面选择“我只有恢复码”，然后输入。";

    lock_now: "Lock now", "立即锁定";
    lock_now_text: "Closes the data in all tabs of this browser.", "在此浏览器的所有标签页中关闭数据。";
    lock_auto: "Lock by itself", "自动锁定";
    lock_auto_text: "After so long without a key or the pointer, in any tab. While Regulars is closed nothing counts.", "在任何标签页中超过此时间没有操作时自动锁定。熟客关闭期间不计时。";
    lock_auto_never: "Never", "从不";
    (n: &str) lock_auto_minutes: "{n} min", "{n} 分钟";
    lock_change_text: "The data stay as they are; only what opens them changes. The recovery code goes on.", "数据保持不变，只改变打开方式。恢复码继续有效。";
    lock_present: "The present passphrase", "当前密码短语";
    lock_renew: "Make a new recovery code", "生成新的恢复码";
    lock_renew_text: "If the code is lost, or somebody has seen it. The former one opens nothing any more.", "恢复码丢失或被他人看到时使用。原恢复码将失效。";
    lock_remove: "Remove the lock", "移除锁定";
    lock_remove_text: "The data are written readable again, and nothing is asked when Regulars is opened.", "数据将恢复为可读形式，打开熟客时不再询问。";
    lock_removed: "The lock is removed. The data on this device can be read again by whoever opens this browser.", "锁定已移除。打开此浏览器的人都能查看本设备上的数据。";
    exports_title: "Files taken out last", "最近导出的文件";
    exports_text: "What was saved from this browser, with when and how many rows. Neither the files nor anything of them is kept here.", "从此浏览器保存的文件、时间和行数。此处不保留文件及其内容。";
    exports_none: "None yet.", "暂无。";

    lock_what: "What this protects, and what it does not", "能保护什么，不能保护什么";
    lock_protects: "Whoever takes the device, copies its disk or opens this browser while the data are locked can read no customer, order, note or setting, nor what sync needs to reach the server.", "锁定后，即使有人拿走设备、复制硬盘或打开此浏览器，也无法读取客户、订单、备注、设置，以及同步连接服务器所需的信息。";
    lock_protects_not: "It does not protect from programs on this device or extensions of this browser while the data are open, nor from whoever sits at it then. Files you have saved, backups without a passphrase and what other devices have are not encrypted by it. Addresses in the history of the browser may show what you searched for. What was stored before the lock was put on may lie on the disk for a while until the browser tidies up.", "数据打开期间，它无法防范设备上的程序、浏览器扩展或使用设备的人。您保存的文件、未加密的备份以及其他设备上的数据不受其保护。浏览器历史记录中的网址可能显示您搜索过的内容。启用锁定之前存储的内容，可能在浏览器清理之前仍短暂留在硬盘上。";
    lock_stay_text: "“Stay unlocked” keeps the key in this browser, in a form that tells nobody its bytes: it is convenient, and it protects no more from whoever can open this browser.", "“保持解锁”会将密钥以无法导出的形式保存在此浏览器中：使用方便，但对能打开此浏览器的人不再有保护作用。";
}
