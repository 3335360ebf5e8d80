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
	BIN("basename", basename_main) \
	BIN("bash", sh_main) \
	SBIN("brctl", brctl_main) \
	SBIN("bridge", bridge_main) \
	BIN("cat", cat_main) \
	BIN("clear", clear_main) \
	SBIN("conntrack", conntrack_main) \
	BIN("cp", cp_main) \
	BIN("curl", curl_main) \
	BIN("cut", cut_main) \
	BIN("date", date_main) \
	BIN("dirname", dirname_main) \
	BIN("dmesg", dmesg_main) \
	BIN("echo", echo_main) \
	BIN("egrep", egrep_main) \
	BIN("env", env_main) \
	BIN("false", false_main) \
	BIN("fgrep", fgrep_main) \
	BIN("grep", grep_main) \
	BIN("head", head_main) \
	BIN("hostname", hostname_main) \
	BIN("id", id_main) \
	SBIN("ifconfig", ifconfig_main) \
	SBIN("ip", ip_main) \
	SBIN("iptables", iptables_main) \
	SBIN("iptables-restore", iptables_restore_main) \
	SBIN("iptables-save", iptables_save_main) \
	BIN("less", less_main) \
	BIN("ls", ls_main) \
	BIN("mawk", awk_main) \
	BIN("mkdir", mkdir_main) \
	BIN("more", more_main) \
	BIN("mv", mv_main) \
	BIN("nc", nc_main) \
	BIN("netcat", nc_main) \
	BIN("netstat", netstat_main) \
	BIN("nl", nl_main) \
	BIN("nohup", nohup_main) \
	BIN("nproc", nproc_main) \
	BIN("paste", paste_main) \
	BIN("ping", ping_main) \
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
	BIN("sleep", sleep_main) \
	BIN("sort", sort_main) \
	BIN("sudo", sudo_main) \
	SBIN("sysctl", sysctl_main) \
	BIN("tac", tac_main) \
	BIN("tail", tail_main) \
	BIN("tee", tee_main) \
	BIN("test", test_main) \
	BIN("timeout", timeout_main) \
	BIN("touch", touch_main) \
	BIN("tr", tr_main) \
	BIN("tracepath", tracepath_main) \
	BIN("traceroute", traceroute_main) \
	BIN("true", true_main) \
	BIN("uname", uname_main) \
	BIN("uniq", uniq_main) \
	BIN("unshare", unshare_main) \
	BIN("wc", wc_main) \
	BIN("which", which_main) \
	BIN("whoami", whoami_main) \
	BIN("xargs", xargs_main) \
	BIN("yes", yes_main)

#define NOT_MODELLED(BIN, SBIN) \
	SBIN("adduser") \
	SBIN("apache2") \
	BIN("apt") \
	BIN("apt-get") \
	SBIN("arpd") \
	SBIN("arptables") \
	BIN("base64") \
	SBIN("bpftool") \
	BIN("busctl") \
	SBIN("capsh") \
	BIN("chgrp") \
	BIN("chmod") \
	BIN("chown") \
	SBIN("chroot") \
	BIN("cmp") \
	BIN("comm") \
	BIN("ctstat") \
	SBIN("dcb") \
	BIN("dd") \
	SBIN("devlink") \
	BIN("df") \
	SBIN("dhclient") \
	SBIN("dhcpcd") \
	BIN("diff") \
	BIN("dig") \
	SBIN("dnsmasq") \
	BIN("docker") \
	BIN("dpkg") \
	BIN("du") \
	SBIN("ebtables") \
	SBIN("ethtool") \
	BIN("expand") \
	BIN("file") \
	BIN("find") \
	SBIN("firewall-cmd") \
	BIN("fold") \
	SBIN("fping") \
	BIN("free") \
	BIN("ftp") \
	BIN("gawk") \
	SBIN("genl") \
	BIN("git") \
	BIN("gunzip") \
	BIN("gzip") \
	BIN("host") \
	BIN("hostnamectl") \
	SBIN("hping3") \
	BIN("htop") \
	SBIN("hwclock") \
	SBIN("ifdown") \
	BIN("ifstat") \
	SBIN("ifup") \
	SBIN("insmod") \
	SBIN("ip6tables") \
	SBIN("ip6tables-legacy") \
	SBIN("ip6tables-restore") \
	SBIN("ip6tables-save") \
	BIN("iperf") \
	BIN("iperf3") \
	SBIN("ipmaddr") \
	SBIN("ipset") \
	SBIN("iptables-apply") \
	SBIN("iptables-legacy") \
	SBIN("iptables-legacy-restore") \
	SBIN("iptables-legacy-save") \
	SBIN("iptables-nft") \
	SBIN("iptables-nft-restore") \
	SBIN("iptables-nft-save") \
	SBIN("iptables-translate") \
	SBIN("iptunnel") \
	SBIN("ipvsadm") \
	SBIN("iw") \
	SBIN("iwconfig") \
	BIN("join") \
	BIN("journalctl") \
	BIN("killall") \
	BIN("ln") \
	BIN("lnstat") \
	BIN("logger") \
	BIN("lsb_release") \
	SBIN("lsmod") \
	BIN("lsof") \
	BIN("lynx") \
	BIN("man") \
	SBIN("mii-tool") \
	BIN("mktemp") \
	SBIN("modprobe") \
	BIN("mtr") \
	SBIN("named") \
	SBIN("nameif") \
	BIN("nano") \
	BIN("nc.traditional") \
	BIN("ncat") \
	BIN("networkctl") \
	SBIN("nft") \
	SBIN("nginx") \
	BIN("nmap") \
	BIN("nmcli") \
	BIN("nsenter") \
	BIN("nslookup") \
	BIN("nstat") \
	BIN("od") \
	BIN("openssl") \
	SBIN("ovs-vsctl") \
	BIN("perl") \
	BIN("pgrep") \
	BIN("pidof") \
	BIN("ping6") \
	BIN("pkill") \
	SBIN("plipconfig") \
	BIN("podman") \
	BIN("pstree") \
	SBIN("rarp") \
	BIN("rdma") \
	BIN("resolvectl") \
	SBIN("rmmod") \
	BIN("routel") \
	BIN("rsync") \
	SBIN("rtacct") \
	SBIN("rtmon") \
	BIN("scp") \
	BIN("screen") \
	BIN("script") \
	SBIN("service") \
	BIN("setsid") \
	BIN("sftp") \
	BIN("shuf") \
	SBIN("slattach") \
	BIN("socat") \
	BIN("split") \
	BIN("ss") \
	BIN("ssh") \
	SBIN("sshd") \
	BIN("stat") \
	BIN("strace") \
	BIN("su") \
	BIN("systemctl") \
	BIN("tar") \
	SBIN("tc") \
	BIN("tcpdump") \
	BIN("telnet") \
	BIN("tftp") \
	BIN("time") \
	SBIN("tipc") \
	BIN("tmux") \
	BIN("top") \
	BIN("traceroute6") \
	BIN("tshark") \
	SBIN("ufw") \
	BIN("unxz") \
	BIN("unzip") \
	BIN("uptime") \
	SBIN("useradd") \
	SBIN("usermod") \
	SBIN("vdpa") \
	BIN("vi") \
	BIN("vim") \
	BIN("virsh") \
	BIN("watch") \
	SBIN("wg") \
	SBIN("wg-quick") \
	BIN("wget") \
	BIN("whereis") \
	BIN("wireshark") \
	BIN("xxd") \
	BIN("xz") \
	BIN("zcat")

#define BIN(name, fn) int fn(struct ng_task *task, int argc, char **argv);
#define SBIN(name, fn) int fn(struct ng_task *task, int argc, char **argv);
BUILT_IN(BIN, SBIN)
#undef BIN
#undef SBIN

const struct ng_program ng_programs[] = {
#define BIN(name, fn) { "/usr/bin/" name, fn }, { "/bin/" name, fn },
#define SBIN(name, fn) { "/usr/sbin/" name, fn }, { "/sbin/" name, fn },
	BUILT_IN(BIN, SBIN)
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
