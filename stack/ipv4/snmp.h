/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * snmp.h - what a namespace counts: /proc/net/snmp and /proc/net/netstat
 *
 * mirrors include/net/snmp.h and include/uapi/linux/snmp.h. A counter bears the name under which it is
 * shown; the lists are in the order of the files. What nothing increments is always 0 here.
 */
#ifndef STACK_IPV4_SNMP_H
#define STACK_IPV4_SNMP_H

#include <netglass/types.h>

/* clang-format off */
#define MIB_IP_LIST(X) \
	X(Ip, Forwarding) X(Ip, DefaultTTL) X(Ip, InReceives) X(Ip, InHdrErrors) \
	X(Ip, InAddrErrors) X(Ip, ForwDatagrams) X(Ip, InUnknownProtos) \
	X(Ip, InDiscards) X(Ip, InDelivers) X(Ip, OutRequests) X(Ip, OutDiscards) \
	X(Ip, OutNoRoutes) X(Ip, ReasmTimeout) X(Ip, ReasmReqds) X(Ip, ReasmOKs) \
	X(Ip, ReasmFails) X(Ip, FragOKs) X(Ip, FragFails) X(Ip, FragCreates) \
	X(Ip, OutTransmits)

#define MIB_ICMP_LIST(X) \
	X(Icmp, InMsgs) X(Icmp, InErrors) X(Icmp, InCsumErrors) X(Icmp, InDestUnreachs) \
	X(Icmp, InTimeExcds) X(Icmp, InParmProbs) X(Icmp, InSrcQuenchs) \
	X(Icmp, InRedirects) X(Icmp, InEchos) X(Icmp, InEchoReps) X(Icmp, InTimestamps) \
	X(Icmp, InTimestampReps) X(Icmp, InAddrMasks) X(Icmp, InAddrMaskReps) \
	X(Icmp, OutMsgs) X(Icmp, OutErrors) X(Icmp, OutRateLimitGlobal) \
	X(Icmp, OutRateLimitHost) X(Icmp, OutDestUnreachs) X(Icmp, OutTimeExcds) \
	X(Icmp, OutParmProbs) X(Icmp, OutSrcQuenchs) X(Icmp, OutRedirects) \
	X(Icmp, OutEchos) X(Icmp, OutEchoReps) X(Icmp, OutTimestamps) \
	X(Icmp, OutTimestampReps) X(Icmp, OutAddrMasks) X(Icmp, OutAddrMaskReps)

#define MIB_TCP_LIST(X) \
	X(Tcp, RtoAlgorithm) X(Tcp, RtoMin) X(Tcp, RtoMax) X(Tcp, MaxConn) \
	X(Tcp, ActiveOpens) X(Tcp, PassiveOpens) X(Tcp, AttemptFails) \
	X(Tcp, EstabResets) X(Tcp, CurrEstab) X(Tcp, InSegs) X(Tcp, OutSegs) \
	X(Tcp, RetransSegs) X(Tcp, InErrs) X(Tcp, OutRsts) X(Tcp, InCsumErrors)

#define MIB_UDP_LIST(X) \
	X(Udp, InDatagrams) X(Udp, NoPorts) X(Udp, InErrors) X(Udp, OutDatagrams) \
	X(Udp, RcvbufErrors) X(Udp, SndbufErrors) X(Udp, InCsumErrors) \
	X(Udp, IgnoredMulti) X(Udp, MemErrors)

#define MIB_UDPLITE_LIST(X) \
	X(UdpLite, InDatagrams) X(UdpLite, NoPorts) X(UdpLite, InErrors) \
	X(UdpLite, OutDatagrams) X(UdpLite, RcvbufErrors) X(UdpLite, SndbufErrors) \
	X(UdpLite, InCsumErrors) X(UdpLite, IgnoredMulti) X(UdpLite, MemErrors)

#define MIB_TCPEXT_LIST(X) \
	X(TcpExt, SyncookiesSent) X(TcpExt, SyncookiesRecv) X(TcpExt, SyncookiesFailed) \
	X(TcpExt, EmbryonicRsts) X(TcpExt, PruneCalled) X(TcpExt, RcvPruned) \
	X(TcpExt, OfoPruned) X(TcpExt, OutOfWindowIcmps) X(TcpExt, LockDroppedIcmps) \
	X(TcpExt, ArpFilter) X(TcpExt, TW) X(TcpExt, TWRecycled) X(TcpExt, TWKilled) \
	X(TcpExt, PAWSActive) X(TcpExt, PAWSEstab) X(TcpExt, BeyondWindow) \
	X(TcpExt, TSEcrRejected) X(TcpExt, PAWSOldAck) X(TcpExt, PAWSTimewait) \
	X(TcpExt, DelayedACKs) X(TcpExt, DelayedACKLocked) X(TcpExt, DelayedACKLost) \
	X(TcpExt, ListenOverflows) X(TcpExt, ListenDrops) X(TcpExt, TCPHPHits) \
	X(TcpExt, TCPPureAcks) X(TcpExt, TCPHPAcks) X(TcpExt, TCPRenoRecovery) \
	X(TcpExt, TCPSackRecovery) X(TcpExt, TCPSACKReneging) X(TcpExt, TCPSACKReorder) \
	X(TcpExt, TCPRenoReorder) X(TcpExt, TCPTSReorder) X(TcpExt, TCPFullUndo) \
	X(TcpExt, TCPPartialUndo) X(TcpExt, TCPDSACKUndo) X(TcpExt, TCPLossUndo) \
	X(TcpExt, TCPLostRetransmit) X(TcpExt, TCPRenoFailures) \
	X(TcpExt, TCPSackFailures) X(TcpExt, TCPLossFailures) X(TcpExt, TCPFastRetrans) \
	X(TcpExt, TCPSlowStartRetrans) X(TcpExt, TCPTimeouts) X(TcpExt, TCPLossProbes) \
	X(TcpExt, TCPLossProbeRecovery) X(TcpExt, TCPRenoRecoveryFail) \
	X(TcpExt, TCPSackRecoveryFail) X(TcpExt, TCPRcvCollapsed) \
	X(TcpExt, TCPBacklogCoalesce) X(TcpExt, TCPDSACKOldSent) \
	X(TcpExt, TCPDSACKOfoSent) X(TcpExt, TCPDSACKRecv) X(TcpExt, TCPDSACKOfoRecv) \
	X(TcpExt, TCPAbortOnData) X(TcpExt, TCPAbortOnClose) \
	X(TcpExt, TCPAbortOnMemory) X(TcpExt, TCPAbortOnTimeout) \
	X(TcpExt, TCPAbortOnLinger) X(TcpExt, TCPAbortFailed) \
	X(TcpExt, TCPMemoryPressures) X(TcpExt, TCPMemoryPressuresChrono) \
	X(TcpExt, TCPSACKDiscard) X(TcpExt, TCPDSACKIgnoredOld) \
	X(TcpExt, TCPDSACKIgnoredNoUndo) X(TcpExt, TCPSpuriousRTOs) \
	X(TcpExt, TCPMD5NotFound) X(TcpExt, TCPMD5Unexpected) X(TcpExt, TCPMD5Failure) \
	X(TcpExt, TCPSackShifted) X(TcpExt, TCPSackMerged) \
	X(TcpExt, TCPSackShiftFallback) X(TcpExt, TCPBacklogDrop) \
	X(TcpExt, PFMemallocDrop) X(TcpExt, TCPMinTTLDrop) \
	X(TcpExt, TCPDeferAcceptDrop) X(TcpExt, IPReversePathFilter) \
	X(TcpExt, TCPTimeWaitOverflow) X(TcpExt, TCPReqQFullDoCookies) \
	X(TcpExt, TCPReqQFullDrop) X(TcpExt, TCPRetransFail) X(TcpExt, TCPRcvCoalesce) \
	X(TcpExt, TCPOFOQueue) X(TcpExt, TCPOFODrop) X(TcpExt, TCPOFOMerge) \
	X(TcpExt, TCPChallengeACK) X(TcpExt, TCPSYNChallenge) \
	X(TcpExt, TCPFastOpenActive) X(TcpExt, TCPFastOpenActiveFail) \
	X(TcpExt, TCPFastOpenPassive) X(TcpExt, TCPFastOpenPassiveFail) \
	X(TcpExt, TCPFastOpenListenOverflow) X(TcpExt, TCPFastOpenCookieReqd) \
	X(TcpExt, TCPFastOpenBlackhole) X(TcpExt, TCPSpuriousRtxHostQueues) \
	X(TcpExt, BusyPollRxPackets) X(TcpExt, TCPAutoCorking) \
	X(TcpExt, TCPFromZeroWindowAdv) X(TcpExt, TCPToZeroWindowAdv) \
	X(TcpExt, TCPWantZeroWindowAdv) X(TcpExt, TCPSynRetrans) \
	X(TcpExt, TCPOrigDataSent) X(TcpExt, TCPHystartTrainDetect) \
	X(TcpExt, TCPHystartTrainCwnd) X(TcpExt, TCPHystartDelayDetect) \
	X(TcpExt, TCPHystartDelayCwnd) X(TcpExt, TCPACKSkippedSynRecv) \
	X(TcpExt, TCPACKSkippedPAWS) X(TcpExt, TCPACKSkippedSeq) \
	X(TcpExt, TCPACKSkippedFinWait2) X(TcpExt, TCPACKSkippedTimeWait) \
	X(TcpExt, TCPACKSkippedChallenge) X(TcpExt, TCPWinProbe) \
	X(TcpExt, TCPKeepAlive) X(TcpExt, TCPMTUPFail) X(TcpExt, TCPMTUPSuccess) \
	X(TcpExt, TCPDelivered) X(TcpExt, TCPDeliveredCE) X(TcpExt, TCPAckCompressed) \
	X(TcpExt, TCPZeroWindowDrop) X(TcpExt, TCPRcvQDrop) X(TcpExt, TCPWqueueTooBig) \
	X(TcpExt, TCPFastOpenPassiveAltKey) X(TcpExt, TcpTimeoutRehash) \
	X(TcpExt, TcpDuplicateDataRehash) X(TcpExt, TCPDSACKRecvSegs) \
	X(TcpExt, TCPDSACKIgnoredDubious) X(TcpExt, TCPMigrateReqSuccess) \
	X(TcpExt, TCPMigrateReqFailure) X(TcpExt, TCPPLBRehash) \
	X(TcpExt, TCPAORequired) X(TcpExt, TCPAOBad) X(TcpExt, TCPAOKeyNotFound) \
	X(TcpExt, TCPAOGood) X(TcpExt, TCPAODroppedIcmps)

#define MIB_IPEXT_LIST(X) \
	X(IpExt, InNoRoutes) X(IpExt, InTruncatedPkts) X(IpExt, InMcastPkts) \
	X(IpExt, OutMcastPkts) X(IpExt, InBcastPkts) X(IpExt, OutBcastPkts) \
	X(IpExt, InOctets) X(IpExt, OutOctets) X(IpExt, InMcastOctets) \
	X(IpExt, OutMcastOctets) X(IpExt, InBcastOctets) X(IpExt, OutBcastOctets) \
	X(IpExt, InCsumErrors) X(IpExt, InNoECTPkts) X(IpExt, InECT1Pkts) \
	X(IpExt, InECT0Pkts) X(IpExt, InCEPkts) X(IpExt, ReasmOverlaps)

#define MIB_MPTCPEXT_LIST(X) \
	X(MPTcpExt, MPCapableSYNRX) X(MPTcpExt, MPCapableSYNTX) \
	X(MPTcpExt, MPCapableSYNACKRX) X(MPTcpExt, MPCapableACKRX) \
	X(MPTcpExt, MPCapableFallbackACK) X(MPTcpExt, MPCapableFallbackSYNACK) \
	X(MPTcpExt, MPCapableSYNTXDrop) X(MPTcpExt, MPCapableSYNTXDisabled) \
	X(MPTcpExt, MPCapableEndpAttempt) X(MPTcpExt, MPFallbackTokenInit) \
	X(MPTcpExt, MPTCPRetrans) X(MPTcpExt, MPJoinNoTokenFound) \
	X(MPTcpExt, MPJoinSynRx) X(MPTcpExt, MPJoinSynBackupRx) \
	X(MPTcpExt, MPJoinSynAckRx) X(MPTcpExt, MPJoinSynAckBackupRx) \
	X(MPTcpExt, MPJoinSynAckHMacFailure) X(MPTcpExt, MPJoinAckRx) \
	X(MPTcpExt, MPJoinAckHMacFailure) X(MPTcpExt, MPJoinRejected) \
	X(MPTcpExt, MPJoinSynTx) X(MPTcpExt, MPJoinSynTxCreatSkErr) \
	X(MPTcpExt, MPJoinSynTxBindErr) X(MPTcpExt, MPJoinSynTxConnectErr) \
	X(MPTcpExt, DSSNotMatching) X(MPTcpExt, DSSCorruptionFallback) \
	X(MPTcpExt, DSSCorruptionReset) X(MPTcpExt, InfiniteMapTx) \
	X(MPTcpExt, InfiniteMapRx) X(MPTcpExt, DSSNoMatchTCP) X(MPTcpExt, DataCsumErr) \
	X(MPTcpExt, OFOQueueTail) X(MPTcpExt, OFOQueue) X(MPTcpExt, OFOMerge) \
	X(MPTcpExt, NoDSSInWindow) X(MPTcpExt, DuplicateData) X(MPTcpExt, AddAddr) \
	X(MPTcpExt, AddAddrTx) X(MPTcpExt, AddAddrTxDrop) X(MPTcpExt, EchoAdd) \
	X(MPTcpExt, EchoAddTx) X(MPTcpExt, EchoAddTxDrop) X(MPTcpExt, PortAdd) \
	X(MPTcpExt, AddAddrDrop) X(MPTcpExt, MPJoinPortSynRx) \
	X(MPTcpExt, MPJoinPortSynAckRx) X(MPTcpExt, MPJoinPortAckRx) \
	X(MPTcpExt, MismatchPortSynRx) X(MPTcpExt, MismatchPortAckRx) \
	X(MPTcpExt, RmAddr) X(MPTcpExt, RmAddrDrop) X(MPTcpExt, RmAddrTx) \
	X(MPTcpExt, RmAddrTxDrop) X(MPTcpExt, RmSubflow) X(MPTcpExt, MPPrioTx) \
	X(MPTcpExt, MPPrioRx) X(MPTcpExt, MPFailTx) X(MPTcpExt, MPFailRx) \
	X(MPTcpExt, MPFastcloseTx) X(MPTcpExt, MPFastcloseRx) X(MPTcpExt, MPRstTx) \
	X(MPTcpExt, MPRstRx) X(MPTcpExt, SubflowStale) X(MPTcpExt, SubflowRecover) \
	X(MPTcpExt, SndWndShared) X(MPTcpExt, RcvWndShared) \
	X(MPTcpExt, RcvWndConflictUpdate) X(MPTcpExt, RcvWndConflict) \
	X(MPTcpExt, MPCurrEstab) X(MPTcpExt, Blackhole) \
	X(MPTcpExt, MPCapableDataFallback) X(MPTcpExt, MD5SigFallback) \
	X(MPTcpExt, DssFallback) X(MPTcpExt, SimultConnectFallback) \
	X(MPTcpExt, FallbackFailed) X(MPTcpExt, WinProbe)

#define MIB_LIST(X) \
	MIB_IP_LIST(X) \
	MIB_ICMP_LIST(X) \
	MIB_TCP_LIST(X) \
	MIB_UDP_LIST(X) \
	MIB_UDPLITE_LIST(X) \
	MIB_TCPEXT_LIST(X) \
	MIB_IPEXT_LIST(X) \
	MIB_MPTCPEXT_LIST(X)
/* clang-format on */

enum mib_item {
#define X(group, name) MIB_##group##_##name,
	MIB_LIST(X)
#undef X
		MIB_MAX
};

#define ICMP_HISTOGRAM 256 /* types seen: IcmpMsg: InTypeN OutTypeN */

struct icmpmsg_mib {
	uint32_t in[ICMP_HISTOGRAM], out[ICMP_HISTOGRAM];
};

struct ipv4_mib {
	uint64_t v[MIB_MAX];
	struct icmpmsg_mib *icmpmsg; /* NULL: no ICMP message was seen */
};

#define mib_inc(net, item) ((net)->ipv4->mib.v[MIB_##item]++)
#define mib_add(net, item, n) ((net)->ipv4->mib.v[MIB_##item] += (n))

#endif
