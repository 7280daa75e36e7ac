//! Words of sync: the card where it is set up and looked after, and the badge.

use super::Words;

impl Words {
    /// What a server speaks, by [`protocol::sync::SyncKind::code`].
    pub fn sync_kind(self, code: &str) -> &'static str {
        match code {
            "s3" => self.sync_kind_s3(),
            "couch" => "CouchDB",
            "postgrest" => "Supabase / PostgREST",
            "files" => self.sync_kind_files(),
            "rest" => self.sync_kind_rest(),
            "single" => self.sync_kind_single(),
            _ => self.sync_kind_webdav(),
        }
    }

    /// What the address of such a server looks like.
    pub fn sync_url_hint(self, code: &str) -> &'static str {
        match code {
            "s3" => self.sync_url_s3(),
            "couch" => self.sync_url_couch(),
            "postgrest" => self.sync_url_postgrest(),
            "files" => self.sync_url_files(),
            "rest" => self.sync_url_rest(),
            "single" => self.sync_url_single(),
            _ => self.sync_url_webdav(),
        }
    }

    /// How somebody shows a server who they are.
    pub fn sync_account(self, code: &str) -> &'static str {
        match code {
            "password" => self.sync_account_password(),
            "token" => self.sync_account_token(),
            "header" => self.sync_account_header(),
            _ => self.sync_account_none(),
        }
    }
}

words! {
    data_sub_synced: "Everything is stored in this browser, and shared with your other devices through a server of yours.", "所有内容都保存在此浏览器中，并通过您自己的服务器与其他设备共享。";
    sync_title: "Sync several devices", "多设备同步";
    sync_note: "Notes, tags, settings and imports go from each of your devices to the others, through a place on the network that is yours. What you do without a connection is told later; nothing is lost, and two people's edits of the same thing are shown to you.", "备注、标签、设置和导入通过您自己的网络存储在多台设备之间同步。离线时的修改稍后发送，不会丢失；同一内容被两人分别修改时会提示您。";
    sync_needs: "Any of these will do: a WebDAV folder (Nextcloud, many hosts and NAS), an S3 bucket, CouchDB, Supabase or PostgREST, a server that takes PUT, a JSON server, or one single address. With a passphrase the server sees only sealed text.", "以下任意一种均可：WebDAV 文件夹（Nextcloud、多数网盘主机与 NAS）、S3 存储桶、CouchDB、Supabase 或 PostgREST、支持 PUT 的服务器、JSON 服务器，或单个网址。设置密码短语后，服务器只能看到加密内容。";
    sync_opening: "Sync is starting.", "正在启动同步。";
    sync_remove_sample: "The sample shop is not synced. Remove it first, then set sync up.", "示例店铺不会同步。请先移除示例，再设置同步。";

    sync_kind_label: "Kind of server", "服务器类型";
    sync_kind_webdav: "WebDAV folder", "WebDAV 文件夹";
    sync_kind_files: "Server that takes PUT", "支持 PUT 的服务器";
    sync_kind_s3: "S3 bucket", "S3 存储桶";
    sync_kind_rest: "JSON server", "JSON 服务器";
    sync_kind_single: "One single address", "单个网址";
    sync_url_label: "Address", "地址";
    sync_url_webdav: "The folder, as https://cloud.example.com/remote.php/dav/files/ana/shop. It has to be there.", "文件夹地址，例如 https://cloud.example.com/remote.php/dav/files/ana/shop。文件夹需已存在。";
    sync_url_files: "A folder, as https://files.example.com/shop", "文件夹地址，例如 https://files.example.com/shop";
    sync_url_s3: "The service, without the bucket, as https://s3.example.com", "服务地址（不含存储桶），例如 https://s3.example.com";
    sync_url_couch: "The database, as https://couch.example.com/shop", "数据库地址，例如 https://couch.example.com/shop";
    sync_url_postgrest: "The table, as https://data.example.com/rest/v1/regulars, with the columns path (text, primary key) and body (text)", "数据表地址，例如 https://data.example.com/rest/v1/regulars，含 path（text，主键）和 body（text）两列";
    sync_url_rest: "The collection, as https://json.example.com/files", "集合地址，例如 https://json.example.com/files";
    sync_url_single: "As https://store.example.com/shop.json: GET and PUT of one text of up to 10 MB. For small shops.", "例如 https://store.example.com/shop.json：对一个不超过 10 MB 的文本进行 GET 和 PUT。适合小店铺。";
    sync_region: "Region", "区域";
    sync_region_hint: "As eu-central-1", "例如 eu-central-1";
    sync_bucket: "Bucket", "存储桶";
    sync_account_label: "Sign in", "登录方式";
    sync_account_password: "Name and password", "用户名和密码";
    sync_account_token: "Token", "令牌";
    sync_account_header: "A header of its own", "自定义请求头";
    sync_account_none: "None", "无需登录";
    sync_user: "Name", "用户名";
    sync_password: "Password", "密码";
    sync_password_hint: "Better a password for this program alone, where the server offers one.", "如服务器支持，建议使用专用的应用密码。";
    sync_key_id: "Key ID", "访问密钥 ID";
    sync_key: "Secret key", "私有访问密钥";
    sync_token: "Token", "令牌";
    sync_header_name: "Header", "请求头名称";
    sync_header_value: "Value", "请求头内容";

    sync_no_url: "Where is the server? Type its address.", "请输入服务器地址。";
    sync_secret_in_url: "Name and password do not belong into the address. Type them into their fields.", "请勿在地址中包含用户名和密码，请填写到对应的输入框。";
    sync_no_region: "A bucket has a region; its provider tells which.", "请填写存储桶所在区域（由服务商提供）。";
    sync_no_bucket: "Which bucket?", "请填写存储桶名称。";
    sync_no_user: "Type the name that the server knows you by.", "请输入服务器上的用户名。";
    sync_no_token: "Type the token that the server gave you.", "请输入服务器提供的令牌。";
    sync_no_header: "A header has a name and a value.", "请填写请求头的名称和内容。";

    sync_test: "Test connection", "测试连接";
    sync_testing: "Testing: a few small files are written, read and deleted again.", "正在测试：写入、读取并删除几个小文件。";
    sync_findings: "What the test has found", "测试结果";
    sync_unusable: "Sync cannot work with this server as it is.", "此服务器目前无法用于同步。";
    sync_cors_title: "The server may not let this page in", "服务器可能未允许此页面访问";
    sync_cors_text: "Browsers let a page speak to another server only if that server says so (CORS). If the address is right, put this into its settings, and test again.", "浏览器仅在服务器许可（CORS）时才允许页面访问其他服务器。如果地址无误，请将以下内容加入服务器设置后重新测试。";
    sync_cors_server: "Server", "服务器软件";
    sync_cors_show: "Show the settings", "显示设置";

    sync_found_title: "Nothing is there yet: this device begins", "服务器上还没有店铺：由本设备创建";
    sync_found_text: "Choose a passphrase for the shop. Only who knows it can read the shop on the server, not even whoever runs the server. Several unrelated words are best.", "请为店铺设置密码短语。只有知道它的人才能读取服务器上的店铺，服务器管理者也不能。建议使用几个互不相关的词。";
    sync_stay_open: "No passphrase: keep it readable by whoever can read the server", "不设密码短语：能读取服务器的人都能读取店铺";
    sync_secret_none: "Choose a passphrase, or tick that the shop stays readable.", "请设置密码短语，或勾选保持可读。";
    sync_begin: "Begin to sync", "开始同步";
    sync_join_title: "There is a shop at this address: this device joins it", "该地址已有店铺：本设备将加入";
    sync_join_text: "What is here and what is there come together. Nothing is counted twice, and nothing is deleted.", "本设备与服务器上的内容将合并，不会重复计算，也不会删除。";
    sync_join_open: "This shop has no passphrase: whoever can read the server can read it.", "该店铺没有密码短语：能读取服务器的人都能读取它。";
    sync_join: "Join", "加入";
    sync_joining_with: "Open it with", "打开方式";
    sync_recovery_code: "Recovery code", "恢复码";
    sync_secret_wanted: "Type what opens the shop.", "请输入用于打开店铺的内容。";
    sync_beginning: "Beginning. The first time takes longest.", "正在开始，首次耗时最长。";
    sync_have_link: "I have a link or a code from another device", "我有来自其他设备的链接或代码";
    sync_link_label: "Link or code", "链接或代码";
    sync_link_bad: "This is no link or code of Regulars. Copy it whole from the other device.", "这不是熟客的链接或代码。请从另一台设备完整复制。";
    sync_link_take: "Fill in the form", "填入表单";
    sync_already_on: "This device syncs already. To join another shop, end sync first.", "本设备已在同步。如需加入其他店铺，请先结束同步。";
    sync_link_taken: "The form is filled in from the other device. The password and what opens the shop are never in a link: type them here.", "表单已按另一台设备填好。密码和打开店铺的内容不会包含在链接中，请在此输入。";

    sync_kept_where: "Kept at", "保存于";
    sync_sealed: "Sealed by a passphrase", "已用密码短语加密";
    sync_open: "Not sealed: whoever can read the server can read the shop", "未加密：能读取服务器的人都能读取店铺";
    sync_now: "Sync now", "立即同步";
    sync_pause: "Pause", "暂停";
    sync_go_on: "Go on", "继续";
    sync_end: "End sync", "结束同步";
    sync_end_ask: "End sync on this device?", "在本设备上结束同步？";
    sync_end_text: "All that is here stays, and so does all that is on the server. To sync again you need the address, the password and the passphrase.", "本设备和服务器上的内容都会保留。再次同步需要地址、密码和密码短语。";
    sync_ended: "Sync is off on this device.", "本设备已停止同步。";
    sync_began: "This device syncs from now on.", "本设备已开始同步。";

    (when: &str) sync_last: "Last synced: {when}.", "上次同步：{when}。";
    sync_never: "Not synced yet.", "尚未同步。";
    [n] sync_unsent: "{n} change is still to be sent.", "{n} changes are still to be sent.", "还有 {n} 处更改待发送。";
    [n] sync_parts_out: "{n} part of an import is still to be sent.", "{n} parts of imports are still to be sent.", "还有 {n} 个导入分块待发送。";
    [n] sync_parts_in: "{n} part of an import is still to come.", "{n} parts of imports are still to come.", "还有 {n} 个导入分块待接收。";
    sync_phase_off: "Sync is off.", "同步已关闭。";
    sync_phase_elsewhere: "Another tab of this browser does the syncing.", "此浏览器的另一个标签页正在负责同步。";
    sync_phase_syncing: "Syncing.", "正在同步。";
    sync_phase_idle: "All is told.", "已全部同步。";
    sync_phase_paused: "Paused: nothing is sent or fetched until you go on.", "已暂停：继续之前不会发送或接收。";
    sync_phase_stopped: "Stopped.", "已停止。";
    (when: &str) sync_until: "It is tried again by itself at {when}.", "将于 {when} 自动重试。";
    sync_sign_in: "Sign in", "登录";
    sync_signed_in: "Signed in. Sync goes on.", "已登录，同步继续。";
    sync_refill: "Fill it again from here", "从本设备重新填充";
    sync_refilled: "The server is filled again from this device.", "正在从本设备重新填充服务器。";
}

words! {
    sync_devices: "Devices", "设备";
    sync_this_device: "This device", "本设备";
    (name: &str) sync_device: "Device {name}", "设备 {name}";
    (when: &str) sync_heard: "News of {when}", "最近消息：{when}";
    sync_unheard: "No news yet", "暂无消息";
    sync_let_delete: "Delete them here too", "在此也删除";
    sync_deletes_agreed: "The deletions go through with the next round.", "删除将在下一轮同步时生效。";

    sync_conflicts: "Said differently", "内容冲突";
    sync_conflicts_note: "Two people edited the same thing without knowing of each other. The later edit holds; the other is kept here until you have looked.", "两人在互不知情时修改了同一内容。以较晚的修改为准，另一个保留在此待您确认。";
    sync_mine: "Here", "本设备";
    sync_theirs: "On the other device", "另一台设备";
    sync_holds: "in force", "生效中";
    sync_nothing_said: "nothing", "空";
    sync_use_other: "Use the other", "改用另一个";
    sync_keep: "Leave it so", "保持不变";
    sync_of_shop: "The shop", "店铺";
    sync_a_customer: "A customer", "客户";

    sync_journal: "What has happened", "同步记录";
    sync_journal_empty: "Nothing yet.", "暂无记录。";

    sync_invite: "Add a device", "添加设备";
    sync_invite_text: "Open this link on the other device, or paste the code there. It says where the shop is kept and your name there, but neither password nor passphrase: type them on the other device.", "在另一台设备上打开此链接，或粘贴代码。其中包含店铺的存放地址和用户名，但不含密码和密码短语：请在另一台设备上输入。";
    sync_link: "Link", "链接";
    sync_link_query: "What stands behind the ? of the address is left out, as it may be a key: type it in on the other device.", "地址中 ? 之后的内容可能是密钥，未包含在链接里：请在另一台设备上手动填写。";
    sync_code: "Code", "代码";
    sync_copy_link: "Copy the link", "复制链接";
    sync_copy_code: "Copy the code", "复制代码";
    sync_copy_settings: "Copy the settings", "复制设置";

    sync_passphrase_change: "Change the passphrase", "更改密码短语";
    sync_passphrase_change_text: "It holds on every device; those that sync already need not type it. Who had the old one and a copy of the server's files can still read that copy.", "对所有设备生效；已在同步的设备无需重新输入。持有旧密码短语和服务器文件副本的人仍可读取该副本。";
    sync_passphrase_wanted: "Type the new passphrase.", "请输入新的密码短语。";
    sync_passphrase_changed: "The passphrase is changed.", "密码短语已更改。";
    sync_recovery_title: "Recovery code", "恢复码";
    sync_recovery_text: "It opens the shop if the passphrase is forgotten. Whoever has it can read the shop on the server.", "忘记密码短语时可用它打开店铺。持有它的人也能读取服务器上的店铺。";
    sync_recovery_show: "Show the code", "显示恢复码";
    sync_recovery_print: "Print it", "打印";
    sync_recovery_kept: "I have kept it", "我已妥善保存";
    sync_recovery_once: "Keep this code before you go on", "请先保存此恢复码";
    (shop: &str) sync_sheet_title: "Recovery code of {shop}", "{shop} 的恢复码";
    (when: &str) sync_sheet_made: "Written down on {when}.", "记录时间：{when}。";
    sync_sheet_use: "On a new device open Regulars, go to Data, “Sync several devices”, type the address above, test the connection, choose “Recovery code” and type the code.", "在新设备上打开熟客，进入“数据”→“多设备同步”，输入上面的地址并测试连接，选择“恢复码”后输入此代码。";
    sync_sheet_apart: "Keep it apart from the computer, where only those find it who may read the shop.", "请与电脑分开保存，放在只有有权查看店铺的人才能找到的地方。";

    (when: &str) sync_badge_synced: "Synced {when}", "已同步 {when}";
    sync_badge_never: "Sync begins", "同步即将开始";
    [n] sync_badge_unsent: "{n} to send", "{n} to send", "待发送 {n}";
    [n] sync_badge_conflicts: "{n} said differently", "{n} said differently", "冲突 {n}";
    sync_badge_paused: "Sync paused", "同步已暂停";
    sync_badge_elsewhere: "Sync in another tab", "由其他标签页同步";
    sync_badge_waiting: "Sync waits", "同步等待中";
    sync_badge_held: "Sync: news wait", "同步：有消息待处理";
    sync_badge_stopped: "Sync stopped", "同步已停止";
}
