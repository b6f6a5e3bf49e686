# syntax=docker/dockerfile:1

# Build one static file. Time zones are inside it (main.go).
FROM golang:1.26-trixie AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
ARG VERSION=unreleased
RUN CGO_ENABLED=0 go build -trimpath -buildvcs=false -ldflags="-s -w -X main.release=${VERSION}" -o /onestep .

# Nothing but the program and the certificate authorities: no shell, no
# package manager, no root. There is no HEALTHCHECK, since nothing in here could
# ask: probe /healthz and /readyz from outside.
FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /onestep /onestep
USER 65532:65532
WORKDIR /etc/onestep
ENV ONESTEP_HTTP_ADDR=:8080
EXPOSE 8080
ENTRYPOINT ["/onestep"]
CMD ["serve"]
