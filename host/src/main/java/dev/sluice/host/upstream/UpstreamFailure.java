package dev.sluice.host.upstream;

/// Why an exchange with an upstream failed.
public enum UpstreamFailure {
    /// No endpoint accepted a connection.
    CONNECT("upstream_connect_failed"),
    /// The connection ended before a response head.
    RESET_BEFORE_RESPONSE("upstream_reset_before_response"),
    /// The connection ended inside the response.
    RESET("upstream_reset"),
    /// What came was not an HTTP response, or framed in doubt.
    MALFORMED("upstream_malformed_response"),
    /// The request body differs from its declared length.
    REQUEST_LENGTH("request_length_mismatch");

    private final String details;

    UpstreamFailure(String details) {
        this.details = details;
    }

    /// For the access log.
    public String details() {
        return details;
    }
}
