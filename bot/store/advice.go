package store

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"strings"
	"syscall"

	"github.com/redis/go-redis/v9"
)

// advice is what to tell the operator of a Redis that refuses. The first words
// of its answers are part of its protocol.
type advice struct {
	begins     string
	fault      Fault
	says, mend string
}

// advices are looked through from the first.
var advices = []advice{
	{
		"LOADING", Starting, "Redis has been started and is still reading its data.",
		"Wait: onestep goes on by itself when that is done. How far it is: redis-cli INFO persistence",
	},
	{
		"READONLY", NoMaster, "This Redis is a replica and takes no writes.",
		"Point ONESTEP_REDIS_URL at the master, or make this one the master: redis-cli REPLICAOF NO ONE",
	},
	{
		"MASTERDOWN", NoMaster, "This Redis is a replica that has lost its master.",
		"Start the master again, or make this one the master: redis-cli REPLICAOF NO ONE",
	},
	{
		"CLUSTERDOWN", NoMaster, "The Redis Cluster has no master for a part of the data.",
		"See which is missing and start it again: redis-cli CLUSTER NODES",
	},
	{
		"OOM", Full, "Redis has reached its memory limit and takes no writes.",
		"Give it more: redis-cli CONFIG SET maxmemory 4gb, and in redis.conf the same (0 means no limit)",
	},
	{
		"MISCONF", Full, "Redis cannot write to its disk and takes no writes.",
		"Make room on that disk, which is at: redis-cli CONFIG GET dir. What failed is in the log of Redis",
	},
	{
		"NOREPLICAS", Alone, "Redis takes no writes, because fewer replicas are connected than min-replicas-to-write says.",
		"Start the replicas again, or if fewer are enough: redis-cli CONFIG SET min-replicas-to-write 0",
	},
	{
		"BUSY", Slow, "Redis is busy with a script that takes too long; it is none of ours.",
		"End it: redis-cli SCRIPT KILL",
	},
	{
		"TRYAGAIN", Slow, "A part of the Redis Cluster is being moved.",
		"Wait: onestep goes on by itself when that is done.",
	},
	{
		"ERR max number of clients", Crowded, "Redis has as many connections as it allows.",
		"Allow more: redis-cli CONFIG SET maxclients 10000, and see who has them: redis-cli CLIENT LIST",
	},
	{
		"NOAUTH", Refusing, "Redis wants a password. Put it into the address:",
		"ONESTEP_REDIS_URL=redis://:PASSWORD@HOST:6379/0",
	},
	{
		"WRONGPASS", Refusing, "Redis does not accept the user and the password of the address. Correct them:",
		"ONESTEP_REDIS_URL=redis://USER:PASSWORD@HOST:6379/0",
	},
	{
		"NOPERM", Refusing, "This user of Redis may not do what onestep needs. Allow it:",
		"redis-cli ACL SETUSER NAME ~onestep:* +@all",
	},
}

// advise turns the failure of a command into a fault that says what to do.
func advise(err error) *CheckError {
	for _, a := range advices {
		if redis.HasErrorPrefix(err, a.begins) || strings.Contains(err.Error(), a.begins+" ") {
			return &CheckError{Fault: a.fault, Says: a.says, Mend: a.mend, Err: err}
		}
	}
	var refusal redis.Error
	var timeout net.Error
	var untrusted *tls.CertificateVerificationError
	var noTLS tls.RecordHeaderError
	switch {
	case errors.Is(err, errUnconfirmed):
		return &CheckError{
			Fault: Alone, Err: err,
			Says: "Redis takes writes and too few of its replicas confirm them, so nothing is acknowledged.",
			Mend: "Start the replicas again (redis-cli INFO replication), or if one copy is enough, end ONESTEP_REDIS_URL with ?replicas=0",
		}
	case errors.Is(err, errNoMaster):
		return &CheckError{
			Fault: NoMaster, Err: err,
			Says: "The sentinels name a Redis that is no master.",
			Mend: "Wait for the end of the failover, and see what they know: redis-cli -p 26379 SENTINEL MASTERS",
		}
	case strings.Contains(err.Error(), "all sentinels specified"):
		return &CheckError{
			Fault: Unreachable, Err: err,
			Says: "No sentinel of ONESTEP_REDIS_URL answers with the name of the master. See that they run and watch a master of that name:",
			Mend: "redis-cli -p 26379 SENTINEL MASTERS",
		}
	case errors.As(err, &refusal):
		return &CheckError{
			Fault: Refusing, Err: err,
			Says: "Redis answers and refuses: " + refusal.Error() + ".",
			Mend: "Mend that at the Redis of ONESTEP_REDIS_URL.",
		}
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		return &CheckError{
			Fault: Slow, Err: err,
			Says: "Redis at ONESTEP_REDIS_URL does not answer in time. See that its machine and the network are well, and where the address begins with rediss:// that the port speaks TLS:",
			Mend: "redis-cli -h HOST --latency",
		}
	case errors.As(err, &untrusted):
		return &CheckError{
			Fault: Refusing, Err: err,
			Says: "Redis answers over TLS, but its certificate is not trusted: " + untrusted.Err.Error() + ".",
			Mend: "Name the host as the certificate does, and if its authority is your own, put the authority's certificate into the system's, or name the file: SSL_CERT_FILE=/path/ca.pem",
		}
	case errors.As(err, &noTLS):
		return &CheckError{
			Fault: Refusing, Err: err,
			Says: "What is at ONESTEP_REDIS_URL does not speak TLS, though the address begins with rediss://.",
			Mend: "Write redis:// for a port without TLS, or name the port with TLS.",
		}
	case hungUp(err):
		// Redis tells whom it has no place for, and closes before it is asked.
		return &CheckError{
			Fault: Crowded, Err: err,
			Says: "What is at ONESTEP_REDIS_URL takes connections and hangs up. Redis does so when it has as many as it allows, and where the port speaks TLS and the address does not:",
			Mend: "write rediss:// for a port with TLS; else redis-cli CONFIG SET maxclients 10000, and see who has them: redis-cli CLIENT LIST",
		}
	}
	return &CheckError{
		Fault: Unreachable, Err: err,
		Says: "No Redis answers at ONESTEP_REDIS_URL. Start one, or correct the address:",
		Mend: startLine,
	}
}

// hungUp tells whether a connection stood and was closed by the other side.
func hungUp(err error) bool {
	var op *net.OpError
	if errors.As(err, &op) && op.Op == "dial" {
		return false
	}
	return errors.Is(err, io.EOF) || errors.Is(err, syscall.EPIPE) || errors.Is(err, syscall.ECONNRESET)
}

// Ready tells whether a turn could be committed now, on every part of the data.
// What it gives is a *CheckError: what is wrong and what to do, in plain words.
func (s *Store) Ready(ctx context.Context) error {
	ctx, cancel := patience(ctx)
	defer cancel()
	// A Redis that answers may still take no writes, so this writes one.
	marks := make([]redis.Cmder, s.keys.shards)
	for shard := range marks {
		marks[shard] = redis.NewStatusCmd(ctx, "set", s.keys.mark(shard), "", "px", markLife)
	}
	err := s.writing.do(ctx, marks...)
	for _, m := range marks {
		if err == nil {
			err = m.Err()
		}
	}
	if err != nil {
		return advise(err)
	}
	return nil
}
