//! Words of the program as a program: its versions, and its installation.

words! {
    newer_version: "A newer version is ready. Reload when it suits you; your data stay as they are.", "新版本已就绪。方便时重新加载即可，您的数据保持不变。";
    install_text: "Regulars can be installed on this device. It then has a window of its own and opens without a connection, too.", "熟客可以安装到本设备：有独立窗口，没有网络也能打开。";
    install: "Install", "安装";
    install_never: "Do not offer it again", "不再提示";
}
