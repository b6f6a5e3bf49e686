package store

import (
	"reflect"
	"strings"
	"testing"
)

// Each form of address of docs/redis.md is read as it says.
func TestAddresses(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]struct {
		kind           string
		hosts          []string
		user, password string
		name           string
		db, replicas   int
		tls            bool
	}{
		"redis://127.0.0.1":                         {kind: "one", hosts: []string{"127.0.0.1:6379"}},
		"redis://:secret@h:1/3":                     {kind: "one", hosts: []string{"h:1"}, password: "secret", db: 3},
		"redis://h/3?replicas=2":                    {kind: "one", hosts: []string{"h:6379"}, db: 3, replicas: 2},
		"rediss://me:secret@h:1":                    {kind: "one", hosts: []string{"h:1"}, user: "me", password: "secret", tls: true},
		"unix:///run/redis.sock?db=2":               {kind: "one", hosts: []string{"/run/redis.sock"}, db: 2},
		"unix:///run/redis.sock?db=2&replicas=1":    {kind: "one", hosts: []string{"/run/redis.sock"}, db: 2, replicas: 1},
		"redis+sentinel://a,b:7/mymaster":           {kind: "sentinel", hosts: []string{"a:26379", "b:7"}, name: "mymaster", replicas: 1},
		"redis+sentinel://:s%2Ce%40@a,b/m/4":        {kind: "sentinel", hosts: []string{"a:26379", "b:26379"}, password: "s,e@", name: "m", db: 4, replicas: 1},
		"rediss+sentinel://me:x@[::1]/m?replicas=0": {kind: "sentinel", hosts: []string{"[::1]:26379"}, user: "me", password: "x", name: "m", tls: true},
		"redis+cluster://a:1,b,c:3":                 {kind: "cluster", hosts: []string{"a:1", "b:6379", "c:3"}, replicas: 1},
		"rediss+cluster://:x@a/?replicas=0":         {kind: "cluster", hosts: []string{"a:6379"}, password: "x", tls: true},
		"redis+cluster://a/0":                       {kind: "cluster", hosts: []string{"a:6379"}, replicas: 1},
		"redis+cluster://a/1":                       {kind: "bad"}, // a cluster has database 0 alone
		"redis+cluster://a,,b":                      {kind: "bad"},
		"redis+cluster://":                          {kind: "bad"},
		"redis+sentinel://a":                        {kind: "bad"}, // no name
		"redis+sentinel://a/m/x":                    {kind: "bad"},
		"redis+sentinel://a/m?replicas=few":         {kind: "bad"},
		"redis://a,b":                               {kind: "bad"},
		"redis://h/0?replicas=-1":                   {kind: "bad"},
		"redis://:secret@%zz":                       {kind: "bad"},
		"redis+cluster://:secret@a/x":               {kind: "bad"},
		"http://h":                                  {kind: "bad"},
		"h:6379":                                    {kind: "bad"},
		"":                                          {kind: "bad"},
	} {
		a, err := parseAddress(text)
		got := want
		got.kind, got.replicas = "bad", want.replicas
		switch {
		case err != nil:
			if strings.Contains(err.Error(), "secret") {
				t.Errorf("%s: the error tells the password: %v", text, err)
			}
		case a.one != nil:
			o := a.one
			got.kind, got.hosts, got.user, got.password = "one", []string{o.Addr}, o.Username, o.Password
			got.db, got.tls, got.replicas = o.DB, o.TLSConfig != nil, a.replicas
		case a.sentinel != nil:
			o := a.sentinel
			got.kind, got.hosts, got.user, got.password, got.name = "sentinel", o.SentinelAddrs, o.Username, o.Password, o.MasterName
			got.db, got.tls, got.replicas = o.DB, o.TLSConfig != nil, a.replicas
		case a.cluster != nil:
			o := a.cluster
			got.kind, got.hosts, got.user, got.password = "cluster", o.Addrs, o.Username, o.Password
			got.tls, got.replicas = o.TLSConfig != nil, a.replicas
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s is read as\n%+v, want\n%+v", text, got, want)
		}
	}
	a, err := parseAddress("redis+sentinel://me:x@a/m?sentinel_username=you&sentinel_password=y")
	if err != nil || a.sentinel.SentinelUsername != "you" || a.sentinel.SentinelPassword != "y" || a.sentinel.Password != "x" {
		t.Errorf("the sentinels' own password: %v", err)
	}
}
