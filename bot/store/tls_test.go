package store

import (
	"io"
	"log"
	"net/http/httptest"
	"strings"
	"testing"
)

// What goes wrong with TLS is said as that, and not as a Redis that is not there.
func TestTLSThatFailsIsNamed(t *testing.T) {
	t.Parallel()
	// Any server will do, since nothing is said before TLS stands.
	strange, bare := httptest.NewUnstartedServer(nil), httptest.NewServer(nil)
	strange.Config.ErrorLog = log.New(io.Discard, "", 0) // of the handshake that is refused
	strange.StartTLS()
	t.Cleanup(strange.Close)
	t.Cleanup(bare.Close)
	for _, c := range []struct{ at, says, mend string }{
		{strange.Listener.Addr().String(), "its certificate is not trusted: x509: ", "SSL_CERT_FILE"},
		{bare.Listener.Addr().String(), "does not speak TLS", "Write redis://"},
	} {
		_, err := Open(t.Context(), newPlace(t, "rediss://"+c.at).options())
		if got := faults(err); len(got) != 1 || got[0] != Refusing {
			t.Errorf("faults %v of %v, want one refusal", got, err)
		}
		if err == nil || !strings.Contains(err.Error(), c.says) || !strings.Contains(err.Error(), c.mend) {
			t.Errorf("said %v, want %q and %q", err, c.says, c.mend)
		}
	}
}
