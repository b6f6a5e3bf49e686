package slack

import (
	"os"
	"reflect"
	"slices"
	"testing"

	"github.com/goccy/go-yaml"
)

// appManifest is the manifest, with the keys of slackapi/manifest-schema 2.0.
type appManifest struct {
	Metadata struct {
		Major int `yaml:"major_version"`
	} `yaml:"_metadata"`
	Display struct {
		Name        string `yaml:"name"`
		Description string `yaml:"description"`
	} `yaml:"display_information"`
	Features struct {
		Home struct {
			Home     bool `yaml:"home_tab_enabled"`
			Messages bool `yaml:"messages_tab_enabled"`
			ReadOnly bool `yaml:"messages_tab_read_only_enabled"`
		} `yaml:"app_home"`
		Bot struct {
			Name   string `yaml:"display_name"`
			Online bool   `yaml:"always_online"`
		} `yaml:"bot_user"`
		Commands []struct {
			Command     string `yaml:"command"`
			URL         string `yaml:"url"`
			Description string `yaml:"description"`
			Hint        string `yaml:"usage_hint"`
			Escape      bool   `yaml:"should_escape"`
		} `yaml:"slash_commands"`
	} `yaml:"features"`
	OAuth struct {
		Scopes struct {
			Bot []string `yaml:"bot"`
		} `yaml:"scopes"`
	} `yaml:"oauth_config"`
	Settings struct {
		Subscriptions struct {
			URL string   `yaml:"request_url"`
			Bot []string `yaml:"bot_events"`
		} `yaml:"event_subscriptions"`
		Interactivity struct {
			Enabled bool   `yaml:"is_enabled"`
			URL     string `yaml:"request_url"`
		} `yaml:"interactivity"`
		Org        bool `yaml:"org_deploy_enabled"`
		SocketMode bool `yaml:"socket_mode_enabled"`
		Rotation   bool `yaml:"token_rotation_enabled"`
	} `yaml:"settings"`
}

// manifest reads the file strictly: a key that Slack does not know fails.
func manifest(t *testing.T) appManifest { return manifestOf(t, "manifest.yaml") }

func manifestOf(t *testing.T, name string) appManifest {
	t.Helper()
	raw, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var m appManifest
	if err := yaml.UnmarshalWithOptions(raw, &m, yaml.Strict()); err != nil {
		t.Fatal(err)
	}
	return m
}

func TestManifest(t *testing.T) {
	t.Parallel()
	m := manifest(t)
	if !m.Features.Home.Messages || m.Features.Home.ReadOnly {
		t.Error("people cannot write to the bot: the messages tab is off or read-only")
	}
	if !m.Settings.SocketMode || !m.Settings.Interactivity.Enabled || m.Settings.Rotation || m.Settings.Org {
		t.Error("settings: Socket Mode and interactivity on, rotation and organisation off")
	}
	if m.Metadata.Major != 1 || m.Display.Name == "" || len(m.Display.Name) > 35 || len(m.Display.Description) > 140 || len(m.Features.Bot.Name) > 80 {
		t.Error("a name or description does not fit")
	}
	if len(m.Features.Commands) != 1 || m.Features.Commands[0].Command != "/onestep" || m.Features.Commands[0].Escape {
		t.Errorf("commands %+v", m.Features.Commands)
	}
	// Each call and each event that the adapter relies on needs one of these,
	// and a workspace should be asked for nothing else.
	if want := []string{"chat:write", "commands", "im:history", "im:write", "users:read"}; !slices.Equal(m.OAuth.Scopes.Bot, want) {
		t.Errorf("scopes %v, want %v", m.OAuth.Scopes.Bot, want)
	}
	if want := []string{"message.im", "user_change"}; !slices.Equal(m.Settings.Subscriptions.Bot, want) {
		t.Errorf("events %v, want %v", m.Settings.Subscriptions.Bot, want)
	}
}

// The manifest for HTTP asks for the same and differs only in how Slack comes
// in: at the paths that we serve.
func TestManifestOverHTTP(t *testing.T) {
	t.Parallel()
	m := manifestOf(t, "manifest-http.yaml")
	a, err := New(Config{BotToken: "xoxb-1", SigningSecret: "made-up"})
	if err != nil {
		t.Fatal(err)
	}
	for path, url := range map[string]*string{
		EventsPath: &m.Settings.Subscriptions.URL, InteractionsPath: &m.Settings.Interactivity.URL, CommandsPath: &m.Features.Commands[0].URL,
	} {
		if *url != "https://bot.example.org"+path || a.Handlers()[path] == nil {
			t.Errorf("%s: the manifest says %s", path, *url)
		}
		*url = ""
	}
	if m.Settings.SocketMode {
		t.Error("Socket Mode is on")
	}
	m.Settings.SocketMode = true
	if want := manifest(t); !reflect.DeepEqual(m, want) {
		t.Errorf("the manifests differ in more:\n%+v\n%+v", m, want)
	}
}
