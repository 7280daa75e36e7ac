//! Why sync does not go, and what a test of a server finds: what is wrong and what to do.

use super::Words;
use protocol::sync::{SyncFinding, SyncTrouble};

impl Words {
    /// Why something of sync did not go.
    pub fn sync_trouble(self, trouble: &SyncTrouble) -> String {
        use SyncTrouble as T;
        match trouble {
            T::OtherBuild => self.sync_other_build(),
            T::BadAddress => self.sync_bad_address(),
            T::Unreachable => self.sync_unreachable(),
            T::Denied => self.sync_denied(),
            T::Busy => self.sync_busy(),
            T::TooLong => self.sync_too_long(),
            T::ServerFull => self.sync_server_full(),
            T::Foreign => self.sync_foreign(),
            T::NotKept => self.sync_not_kept(),
            T::Redirected => self.sync_redirected(),
            T::Status(code) => return self.sync_status(&code.to_string()),
            T::Emptied => self.sync_emptied(),
            T::NoShop => self.sync_no_shop(),
            T::OtherShop => self.sync_other_shop(),
            T::BadShopFile => self.sync_bad_shop_file(),
            T::HalfShopFile => self.sync_half_shop_file(),
            T::TooNew => self.sync_too_new(),
            T::PassphraseWanted => self.sync_passphrase_missing(),
            T::WrongPassphrase => self.sync_wrong_passphrase(),
            T::NotSealed => self.sync_not_sealed(),
            T::ShortPassphrase => self.sync_short_passphrase(),
            T::WrongCode => self.sync_wrong_code(),
            T::WeaklyGuarded => self.sync_weakly_guarded(),
            T::LongEdit { bytes } => return self.sync_long_edit(&self.bytes(*bytes)),
            T::StorageFull => self.sync_storage_full(),
            T::Storage(detail) => return self.detailed(self.sync_storage(), detail),
            T::MemoryOnly => self.sync_memory_only(),
            T::NoRandomness => self.sync_no_randomness(),
            T::NoTurns => self.sync_no_turns(),
            T::Off => self.sync_is_off(),
            T::InAnotherTab => self.sync_in_another_tab(),
        }
        .to_owned()
    }

    /// What a test of a server has found.
    pub fn sync_finding(self, finding: &SyncFinding) -> String {
        use SyncFinding as F;
        match finding {
            F::KeepsFiles => self.sync_keeps_files(),
            F::WritesJsonAnew => self.sync_writes_json_anew(),
            F::ChangesFiles => self.sync_changes_files(),
            F::TellsMissing => self.sync_tells_missing(),
            F::AnswersForMissing => self.sync_answers_for_missing(),
            F::GivesOldFiles => self.sync_gives_old_files(),
            F::Lists => self.sync_lists(),
            F::ListsNothing => self.sync_lists_nothing(),
            F::Deletes => self.sync_deletes(),
            F::KeepsDeleted => self.sync_keeps_deleted(),
            F::TakesFilesOf(bytes) => return self.sync_takes(&self.bytes((*bytes).into())),
            F::RefusesFilesOf(bytes) => return self.sync_refuses(&self.bytes((*bytes).into())),
            F::HasShop { sealed: true } => self.sync_has_sealed_shop(),
            F::HasShop { sealed: false } => self.sync_has_open_shop(),
            F::Failed(trouble) => return self.sync_trouble(trouble),
        }
        .to_owned()
    }
}

words! {
    sync_other_build: "The program that syncs does not run, or is of another version than this page. Reload the page.", "同步程序未能运行，或与此页面版本不同。请重新加载页面。";
    sync_bad_address: "This address cannot be used. It begins with https://; http:// only for this machine or your own network.", "此地址无法使用。地址应以 https:// 开头；http:// 仅限本机或本地网络。";
    sync_unreachable: "The server cannot be reached. Check the connection and the address. If both are right, the server does not let this page in (CORS), which its settings can change.", "无法连接服务器。请检查网络和地址。如果都正确，可能是服务器未允许此页面访问（CORS），可在其设置中更改。";
    sync_denied: "The server wants another name or password. Type them again.", "服务器拒绝了登录信息，请重新输入用户名和密码。";
    sync_busy: "The server is busy. It is tried again by itself.", "服务器繁忙，将自动重试。";
    sync_too_long: "A file is too long for the server. Have its limit raised to 16 MB.", "文件超出服务器允许的大小。请将其上限提高到 16 MB。";
    sync_server_full: "The server has no room left. Make room there; what is here is kept and sent later.", "服务器空间已满。请在服务器上腾出空间；本设备的内容会保留并稍后发送。";
    sync_foreign: "Something else answers at this address, as a sign-in page of the network. Open the address in the browser and look what it shows.", "该地址返回了其他内容（例如网络登录页）。请在浏览器中打开该地址查看。";
    sync_not_kept: "The server keeps something else than it is given. It cannot be used.", "服务器保存的内容与发送的不一致，无法使用。";
    sync_redirected: "The server sends on to another address, where the password would go along. Type that address itself, if it is yours.", "服务器跳转到另一个地址，密码会随之发送。如果该地址也属于您，请直接填写它。";
    (code: &str) sync_status: "The server answers with an error ({code}). Ask whoever runs it.", "服务器返回错误（{code}）。请联系服务器管理者。";
    sync_emptied: "The server held your shop and is empty now. Nothing is deleted here. If it was emptied or replaced on purpose, fill it again from this device; else have its files restored first.", "服务器上的店铺已被清空。本设备上的内容没有删除。如果是有意清空或更换，可从本设备重新填充；否则请先恢复服务器上的文件。";
    sync_no_shop: "There is no shop at this address yet. Test the connection again, and begin one with a passphrase.", "该地址还没有店铺。请重新测试连接，并用密码短语创建。";
    sync_other_shop: "Another shop is at this address now. Nothing was mixed. Check the address; if the other shop is meant, end sync here and join it.", "该地址现在是另一个店铺，内容没有混合。请检查地址；如果确实要用那个店铺，请先结束同步再加入。";
    sync_bad_shop_file: "The file that says which shop this is was changed on the server and cannot be used. Have the server's files restored from its backup.", "服务器上标识店铺的文件被更改，无法使用。请从服务器备份中恢复文件。";
    sync_half_shop_file: "Of the file that says which shop this is only the beginning is there. Any device that has synced before puts it right: open Regulars there.", "服务器上标识店铺的文件不完整。在任意一台已同步过的设备上打开熟客即可修复。";
    sync_too_new: "A newer version of Regulars wrote what is there. Reload the page to get it.", "服务器上的内容由更新版本的熟客写入。请重新加载页面以更新。";
    sync_passphrase_missing: "The shop there is sealed. Type its passphrase or the recovery code.", "该店铺已加密，请输入密码短语或恢复码。";
    sync_wrong_passphrase: "This passphrase does not open the shop. Nothing was changed.", "密码短语不正确，未作任何更改。";
    sync_not_sealed: "You typed a passphrase, but the shop there has none: whoever can read the server can read it. Nothing was joined. Test the connection again and join it without, or choose another address.", "您输入了密码短语，但该店铺没有加密：能读取服务器的人都能读取它。尚未加入。请重新测试连接后不用密码短语加入，或更换地址。";
    sync_short_passphrase: "The passphrase is too short to guard the shop. Take a longer one.", "密码短语太短，请使用更长的。";
    sync_wrong_code: "The recovery code is mistyped, or of another shop.", "恢复码输入有误，或属于其他店铺。";
    sync_weakly_guarded: "On the server the passphrase is guarded more weakly than Regulars ever does: somebody may have changed it to find it out. It was not tried. Ask whoever runs the server, and change the passphrase on a device that still syncs.", "服务器上对密码短语的保护弱于熟客的标准，可能有人为破解而改动。未尝试打开。请联系服务器管理者，并在仍能同步的设备上更改密码短语。";
    (bytes: &str) sync_long_edit: "Something that was done here is too long to be sent ({bytes}): a note, or a list of words. Shorten it.", "本设备上的一处内容过长（{bytes}），无法发送：可能是备注或词表。请缩短。";
    sync_storage_full: "This browser has no room left for what came. Free some space; sync goes on then.", "浏览器空间不足，无法保存收到的内容。请释放空间后同步会继续。";
    sync_storage: "This browser's storage did not do its part. Reload the page.", "浏览器存储出现问题，请重新加载页面。";
    sync_memory_only: "This browser keeps nothing (private mode?), so there is nothing to sync. Use a normal window.", "此浏览器不保存数据（无痕模式？），无法同步。请使用普通窗口。";
    sync_no_randomness: "This browser cannot make keys. Update it, or use another.", "此浏览器无法生成密钥。请更新或更换浏览器。";
    sync_no_turns: "This browser cannot keep its tabs apart, which sync needs. Open the page by https, update the browser, or use another.", "此浏览器无法区分各标签页，而同步需要这一功能。请通过 https 打开本页，或更新、更换浏览器。";
    sync_is_off: "Sync is off.", "同步未开启。";
    sync_in_another_tab: "Another tab of this browser does the syncing. Do this there, or close that tab and reload this one.", "此浏览器的另一个标签页正在负责同步。请在那里操作，或关闭它后重新加载此页。";

    sync_keeps_files: "It keeps what it is given.", "能够原样保存文件。";
    sync_writes_json_anew: "It keeps what it is given, in a layout of its own. That does no harm.", "能够保存文件，但会重新排版，没有影响。";
    sync_changes_files: "It keeps something else than it was given.", "保存的内容与发送的不一致。";
    sync_tells_missing: "It says so when a file is not there.", "能够说明文件不存在。";
    sync_answers_for_missing: "It gives something for files that are not there, as a page.", "对不存在的文件也返回内容（例如网页）。";
    sync_gives_old_files: "It gives an older file for a while after a newer one was written: there is a cache in between. News come late. Turn it off for this address if you can.", "写入新文件后一段时间内仍返回旧文件：中间有缓存，消息会延迟。如有可能，请为此地址关闭缓存。";
    sync_lists: "It lists what is there.", "能够列出文件。";
    sync_lists_nothing: "It lists nothing: devices find each other by a file of names. That does no harm.", "不能列出文件：设备将通过名单文件互相发现，没有影响。";
    sync_deletes: "It deletes.", "能够删除文件。";
    sync_keeps_deleted: "It does not delete: old files stay, those about erased people among them. They stay sealed if the shop is.", "不能删除文件：旧文件会保留，包括已清除客户的内容。若店铺已加密，它们仍是加密的。";
    (bytes: &str) sync_takes: "It takes a file of {bytes}.", "能够接收 {bytes} 的文件。";
    (bytes: &str) sync_refuses: "It refuses a file of {bytes}: edits are synced, imports are not. Have its limit raised to 16 MB.", "拒绝接收 {bytes} 的文件：修改可以同步，导入无法同步。请将上限提高到 16 MB。";
    sync_has_sealed_shop: "There is a shop at this address, sealed by a passphrase.", "该地址已有店铺，已用密码短语加密。";
    sync_has_open_shop: "There is a shop at this address, not sealed.", "该地址已有店铺，未加密。";
}
