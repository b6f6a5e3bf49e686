package store

import (
	"errors"
	"strings"
	"testing"

	"onestep/bot/store/redistest"
)

// The checks look at every master of a cluster, and at its replicas.
func TestCheckLooksAtEveryMaster(t *testing.T) {
	t.Parallel()
	own := redistest.StartCluster(t, 3, 0)
	check := func(query string) []Fault {
		t.Helper()
		return faults(newPlaceOf(t, own.URL(query), own.Client(t)).open(t).Check(t.Context()))
	}
	if got := check("?replicas=0"); got != nil {
		t.Errorf("a good cluster: %v", got)
	}
	for i, c := range []struct {
		setting, bad, good string
		want               Fault
	}{{"appendonly", "no", "yes", Forgetful}, {"maxmemory-policy", "allkeys-lru", "noeviction", Evicting}} {
		client := own.Servers[i+1].Client()
		if err := client.ConfigSet(t.Context(), c.setting, c.bad).Err(); err != nil {
			t.Fatal(err)
		}
		if got := check("?replicas=0"); len(got) != 1 || got[0] != c.want {
			t.Errorf("one master with %s %s: %v", c.setting, c.bad, got)
		}
		if err := client.ConfigSet(t.Context(), c.setting, c.good).Err(); err != nil {
			t.Fatal(err)
		}
	}
	// No turn could be confirmed here, and the address does not say that none
	// needs to be.
	o := newPlaceOf(t, own.URL(""), own.Client(t)).options()
	if _, err := Open(t.Context(), o); len(faults(err)) != 1 || faults(err)[0] != Alone || !strings.Contains(err.Error(), "?replicas=0") {
		t.Errorf("opened without replicas to confirm: %v", err)
	}
}

// What is wrong with the address of sentinels is said in words of sentinels.
func TestNoSentinels(t *testing.T) {
	t.Parallel()
	for _, url := range []string{
		"redis+sentinel://127.0.0.1:1,127.0.0.1:2/onestep",
		strings.Replace(sentinels().URL(""), "/onestep/", "/another/", 1),
	} {
		o := newPlace(t, server.URL()).options()
		o.URL = url
		_, err := Open(t.Context(), o)
		var one *CheckError
		if !errors.As(err, &one) || one.Fault != Unreachable || !strings.Contains(err.Error(), "SENTINEL MASTERS") {
			t.Errorf("%s: %v", url, err)
		}
	}
}
