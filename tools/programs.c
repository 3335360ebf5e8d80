/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * programs.c - the table of programs
 *
 * The world's file system shows each at its Debian 12 path (/bin is /usr/bin
 * and /sbin is /usr/sbin there). The first table holds what is built in; the
 * second what is known but not modelled: running one says so. A name in
 * neither is `command not found`. Both are sorted by name; one line each.
 */
#include "lib/program.h"

/* clang-format off */

/* built in: BIN for /usr/bin, SBIN for /usr/sbin */
#define BUILT_IN(BIN, SBIN) \
	BIN("[", test_main) \
	SBIN("arp", arp_main) \
	BIN("arping", arping_main) \
	BIN("awk", awk_main) \
	BIN("base64", base64_main) \
	BIN("basename", basename_main) \
	BIN("bash", bash_main) \
	SBIN("brctl", brctl_main) \
	SBIN("bridge", bridge_main) \
	BIN("cat", cat_main) \
	BIN("chmod", chmod_main) \
	BIN("clear", clear_main) \
	BIN("cmp", cmp_main) \
	BIN("column", column_main) \
	BIN("comm", comm_main) \
	SBIN("conntrack", conntrack_main) \
	BIN("cp", cp_main) \
	BIN("curl", curl_main) \
	BIN("cut", cut_main) \
	BIN("dash", sh_main) \
	BIN("date", date_main) \
	BIN("dd", dd_main) \
	BIN("diff", diff_main) \
	BIN("dirname", dirname_main) \
	BIN("dmesg", dmesg_main) \
	BIN("echo", echo_main) \
	BIN("egrep", egrep_main) \
	BIN("env", env_main) \
	SBIN("ethtool", ethtool_main) \
	BIN("expr", expr_main) \
	BIN("false", false_main) \
	BIN("fgrep", fgrep_main) \
	BIN("find", find_main) \
	BIN("grep", grep_main) \
	BIN("hd", hexdump_main) \
	BIN("head", head_main) \
	BIN("hexdump", hexdump_main) \
	BIN("hostname", hostname_main) \
	BIN("id", id_main) \
	SBIN("ifconfig", ifconfig_main) \
	SBIN("ip", ip_main) \
	SBIN("iptables", iptables_main) \
	SBIN("iptables-nft", iptables_main) \
	SBIN("iptables-nft-restore", iptables_restore_main) \
	SBIN("iptables-nft-save", iptables_save_main) \
	SBIN("iptables-restore", iptables_restore_main) \
	SBIN("iptables-save", iptables_save_main) \
	BIN("kill", kill_main) \
	BIN("killall", killall_main) \
	BIN("less", less_main) \
	BIN("ln", ln_main) \
	BIN("ls", ls_main) \
	BIN("lsns", lsns_main) \
	BIN("mawk", awk_main) \
	BIN("md5sum", md5sum_main) \
	BIN("mkdir", mkdir_main) \
	BIN("mktemp", mktemp_main) \
	SBIN("modprobe", modprobe_main) \
	BIN("more", more_main) \
	BIN("mount", mount_main) \
	BIN("mountpoint", mountpoint_main) \
	BIN("mv", mv_main) \
	BIN("nc", nc_main) \
	BIN("netcat", nc_main) \
	BIN("netstat", netstat_main) \
	BIN("nl", nl_main) \
	BIN("nohup", nohup_main) \
	BIN("nproc", nproc_main) \
	BIN("nsenter", nsenter_main) \
	BIN("nstat", nstat_main) \
	BIN("od", od_main) \
	BIN("paste", paste_main) \
	BIN("pgrep", pgrep_main) \
	BIN("pidof", pidof_main) \
	BIN("ping", ping_main) \
	BIN("pkill", pkill_main) \
	BIN("printenv", printenv_main) \
	BIN("printf", printf_main) \
	BIN("ps", ps_main) \
	BIN("pwd", pwd_main) \
	BIN("python3", python3_main) \
	BIN("readlink", readlink_main) \
	BIN("realpath", realpath_main) \
	BIN("rev", rev_main) \
	BIN("rm", rm_main) \
	BIN("rmdir", rmdir_main) \
	SBIN("route", route_main) \
	BIN("sed", sed_main) \
	BIN("seq", seq_main) \
	BIN("sh", sh_main) \
	BIN("sha1sum", sha1sum_main) \
	BIN("sha256sum", sha256sum_main) \
	BIN("sha512sum", sha512sum_main) \
	BIN("sleep", sleep_main) \
	BIN("socat", socat_main) \
	BIN("sort", sort_main) \
	BIN("ss", ss_main) \
	BIN("stat", stat_main) \
	BIN("sudo", sudo_main) \
	SBIN("sysctl", sysctl_main) \
	BIN("tac", tac_main) \
	BIN("tail", tail_main) \
	SBIN("tc", tc_main) \
	BIN("tcpdump", tcpdump_main) \
	BIN("tee", tee_main) \
	BIN("test", test_main) \
	BIN("timeout", timeout_main) \
	BIN("touch", touch_main) \
	BIN("tr", tr_main) \
	BIN("tracepath", tracepath_main) \
	BIN("traceroute", traceroute_main) \
	BIN("true", true_main) \
	BIN("truncate", truncate_main) \
	BIN("umount", umount_main) \
	BIN("uname", uname_main) \
	BIN("uniq", uniq_main) \
	BIN("unshare", unshare_main) \
	BIN("wc", wc_main) \
	BIN("which", which_main) \
	BIN("whoami", whoami_main) \
	BIN("xargs", xargs_main) \
	BIN("xxd", xxd_main) \
	BIN("yes", yes_main)

#define NOT_MODELLED(BIN, SBIN) \
	BIN("addpart") \
	SBIN("adduser") \
	SBIN("agetty") \
	SBIN("apache2") \
	BIN("apt") \
	BIN("apt-get") \
	BIN("arch") \
	SBIN("arpd") \
	SBIN("arptables") \
	SBIN("arptables-nft") \
	SBIN("arptables-nft-restore") \
	SBIN("arptables-nft-save") \
	BIN("b2sum") \
	BIN("base32") \
	BIN("basenc") \
	BIN("bc") \
	SBIN("blkdiscard") \
	SBIN("blkid") \
	SBIN("blkzone") \
	SBIN("blockdev") \
	SBIN("bpftool") \
	BIN("busctl") \
	SBIN("capsh") \
	BIN("chage") \
	BIN("chcon") \
	SBIN("chcpu") \
	BIN("chfn") \
	BIN("chgrp") \
	SBIN("chmem") \
	BIN("choom") \
	BIN("chown") \
	SBIN("chpasswd") \
	SBIN("chroot") \
	BIN("chrt") \
	BIN("chsh") \
	BIN("cksum") \
	BIN("col") \
	BIN("colcrt") \
	BIN("colrm") \
	BIN("csplit") \
	SBIN("ctrlaltdel") \
	BIN("ctstat") \
	SBIN("dcb") \
	BIN("delpart") \
	SBIN("depmod") \
	SBIN("devlink") \
	BIN("df") \
	SBIN("dhclient") \
	SBIN("dhcpcd") \
	BIN("diff3") \
	BIN("dig") \
	BIN("dir") \
	BIN("dircolors") \
	BIN("dnsdomainname") \
	SBIN("dnsmasq") \
	BIN("docker") \
	BIN("domainname") \
	BIN("dpkg") \
	BIN("du") \
	SBIN("ebtables") \
	SBIN("ebtables-nft") \
	SBIN("ebtables-nft-restore") \
	SBIN("ebtables-nft-save") \
	SBIN("ebtables-translate") \
	BIN("expand") \
	BIN("factor") \
	BIN("fallocate") \
	BIN("file") \
	BIN("fincore") \
	SBIN("findfs") \
	BIN("findmnt") \
	SBIN("firewall-cmd") \
	BIN("flock") \
	BIN("fmt") \
	BIN("fold") \
	SBIN("fping") \
	BIN("free") \
	SBIN("fsfreeze") \
	SBIN("fstrim") \
	BIN("ftp") \
	BIN("fuser") \
	BIN("gawk") \
	SBIN("genl") \
	BIN("getopt") \
	SBIN("getty") \
	BIN("git") \
	BIN("gpasswd") \
	SBIN("groupadd") \
	SBIN("groupdel") \
	SBIN("groupmod") \
	BIN("groups") \
	BIN("gunzip") \
	BIN("gzip") \
	BIN("hardlink") \
	BIN("host") \
	BIN("hostid") \
	BIN("hostnamectl") \
	SBIN("hping3") \
	BIN("htop") \
	SBIN("hwclock") \
	SBIN("ifdown") \
	BIN("ifstat") \
	SBIN("ifup") \
	SBIN("insmod") \
	BIN("install") \
	BIN("ionice") \
	SBIN("ip6tables") \
	SBIN("ip6tables-apply") \
	SBIN("ip6tables-legacy") \
	SBIN("ip6tables-legacy-restore") \
	SBIN("ip6tables-legacy-save") \
	SBIN("ip6tables-nft") \
	SBIN("ip6tables-nft-restore") \
	SBIN("ip6tables-nft-save") \
	SBIN("ip6tables-restore") \
	SBIN("ip6tables-restore-translate") \
	SBIN("ip6tables-save") \
	SBIN("ip6tables-translate") \
	BIN("ipcmk") \
	BIN("ipcrm") \
	BIN("ipcs") \
	BIN("iperf") \
	BIN("iperf3") \
	SBIN("ipmaddr") \
	SBIN("ipset") \
	SBIN("iptables-apply") \
	SBIN("iptables-legacy") \
	SBIN("iptables-legacy-restore") \
	SBIN("iptables-legacy-save") \
	SBIN("iptables-restore-translate") \
	SBIN("iptables-translate") \
	BIN("iptables-xml") \
	SBIN("iptunnel") \
	SBIN("ipvsadm") \
	SBIN("isosize") \
	SBIN("iw") \
	SBIN("iwconfig") \
	BIN("join") \
	BIN("journalctl") \
	BIN("jq") \
	BIN("kmod") \
	BIN("last") \
	BIN("lastb") \
	BIN("lastlog") \
	SBIN("ldattach") \
	BIN("link") \
	BIN("lnstat") \
	BIN("logger") \
	BIN("login") \
	BIN("logname") \
	BIN("look") \
	SBIN("losetup") \
	BIN("lsb_release") \
	BIN("lsblk") \
	BIN("lscpu") \
	BIN("lsfd") \
	BIN("lsipc") \
	BIN("lsirq") \
	BIN("lslocks") \
	BIN("lslogins") \
	BIN("lsmem") \
	SBIN("lsmod") \
	BIN("lsof") \
	BIN("lynx") \
	BIN("man") \
	BIN("mcookie") \
	BIN("mesg") \
	SBIN("mii-tool") \
	BIN("mkfifo") \
	BIN("mknod") \
	SBIN("mkswap") \
	SBIN("modinfo") \
	BIN("mtr") \
	SBIN("named") \
	BIN("namei") \
	SBIN("nameif") \
	BIN("nano") \
	BIN("nc.traditional") \
	BIN("ncat") \
	BIN("networkctl") \
	BIN("newgrp") \
	SBIN("nft") \
	SBIN("nginx") \
	BIN("nice") \
	BIN("nisdomainname") \
	BIN("nmap") \
	BIN("nmcli") \
	SBIN("nologin") \
	BIN("nslookup") \
	BIN("numfmt") \
	BIN("openssl") \
	SBIN("ovs-vsctl") \
	BIN("partx") \
	BIN("passwd") \
	BIN("pathchk") \
	BIN("peekfd") \
	BIN("perl") \
	BIN("pidwait") \
	BIN("ping6") \
	BIN("pinky") \
	SBIN("pivot_root") \
	SBIN("plipconfig") \
	BIN("pmap") \
	BIN("podman") \
	BIN("pr") \
	BIN("prlimit") \
	BIN("prtstat") \
	BIN("pslog") \
	BIN("pstree") \
	BIN("pstree.x11") \
	BIN("ptx") \
	BIN("pwdx") \
	SBIN("rarp") \
	BIN("rdma") \
	SBIN("readprofile") \
	BIN("rename.ul") \
	BIN("resizepart") \
	BIN("resolvectl") \
	SBIN("rmmod") \
	BIN("routel") \
	BIN("rsync") \
	SBIN("rtacct") \
	SBIN("rtcwake") \
	SBIN("rtmon") \
	BIN("run-parts") \
	BIN("runcon") \
	SBIN("runuser") \
	BIN("scp") \
	BIN("screen") \
	BIN("script") \
	BIN("sdiff") \
	SBIN("service") \
	BIN("setarch") \
	BIN("setpriv") \
	BIN("setsid") \
	BIN("setterm") \
	BIN("sftp") \
	BIN("sg") \
	BIN("sha224sum") \
	BIN("sha384sum") \
	BIN("shred") \
	BIN("shuf") \
	BIN("skill") \
	BIN("slabtop") \
	SBIN("slattach") \
	BIN("snice") \
	BIN("split") \
	BIN("ssh") \
	SBIN("sshd") \
	BIN("stdbuf") \
	BIN("strace") \
	BIN("stty") \
	BIN("su") \
	SBIN("sulogin") \
	BIN("sum") \
	SBIN("swaplabel") \
	SBIN("swapoff") \
	SBIN("swapon") \
	SBIN("switch_root") \
	BIN("sync") \
	BIN("systemctl") \
	BIN("tar") \
	BIN("taskset") \
	BIN("telnet") \
	BIN("tempfile") \
	BIN("tftp") \
	BIN("time") \
	SBIN("tipc") \
	BIN("tload") \
	BIN("tmux") \
	BIN("top") \
	BIN("traceroute6") \
	BIN("tshark") \
	BIN("tsort") \
	BIN("tty") \
	BIN("uclampset") \
	SBIN("ufw") \
	BIN("ul") \
	BIN("unexpand") \
	BIN("unlink") \
	BIN("unxz") \
	BIN("unzip") \
	BIN("uptime") \
	SBIN("useradd") \
	SBIN("userdel") \
	SBIN("usermod") \
	BIN("users") \
	BIN("utmpdump") \
	BIN("vdir") \
	SBIN("vdpa") \
	BIN("vi") \
	BIN("vim") \
	BIN("virsh") \
	BIN("vmstat") \
	BIN("w") \
	BIN("watch") \
	BIN("wdctl") \
	SBIN("wg") \
	SBIN("wg-quick") \
	BIN("wget") \
	BIN("whereis") \
	BIN("who") \
	SBIN("wipefs") \
	BIN("wireshark") \
	BIN("write") \
	SBIN("xtables-monitor") \
	BIN("xz") \
	BIN("ypdomainname") \
	BIN("zcat") \
	SBIN("zramctl")

#define BIN(name, fn) int fn(struct ng_task *task, int argc, char **argv);
#define SBIN(name, fn) int fn(struct ng_task *task, int argc, char **argv);
BUILT_IN(BIN, SBIN)
#undef BIN
#undef SBIN

const struct ng_program ng_programs[] = {
#define BIN(name, fn) { "/usr/bin/" name, fn }, { "/bin/" name, fn },
#define SBIN(name, fn) { "/usr/sbin/" name, fn }, { "/sbin/" name, fn },
	BUILT_IN(BIN, SBIN)
	/* Debian has these in both places */
	BIN("ip", ip_main)
	SBIN("traceroute", traceroute_main)
#undef BIN
#undef SBIN
#define BIN(name) { "/usr/bin/" name, NULL }, { "/bin/" name, NULL },
#define SBIN(name) { "/usr/sbin/" name, NULL }, { "/sbin/" name, NULL },
	NOT_MODELLED(BIN, SBIN)
#undef BIN
#undef SBIN
	{ NULL, NULL },
};

/* clang-format on */
