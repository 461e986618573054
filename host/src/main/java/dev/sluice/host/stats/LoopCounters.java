package dev.sluice.host.stats;

/// What one loop counts: plain fields that only its thread writes and the scrape adds up.
///
/// Thread: written by the loop; read by any, perhaps a moment late.
public final class LoopCounters {
    public long connections;
    public long connectionsActive;
    public long requests;
    public long requestsActive;
    public long responses2xx;
    public long responses3xx;
    public long responses4xx;
    public long responses5xx;
    public long requestsRejected;
    public long requestsReset;
    public long bytesIn;
    public long bytesOut;
    public long heldBytes;
    public long heldBytesRefused;
    public long upstreamConnections;
    public long upstreamConnectionsActive;
    public long upstreamRequests;
    public long upstreamFailures;
    public long pluginStreams;
    public long pluginCallbacks;
    public long pluginFailures;
    public long pluginInterrupts;
    public long breakersOpened;
    public long pluginSkipped;
    public long pluginRefused;
    public long pluginLogLinesDropped;
    public long callouts;
    public long calloutFailures;
    public long accessLogDropped;

    /// Counts a finished response.
    public void response(int status) {
        switch (status / 100) {
            case 2 -> responses2xx++;
            case 3 -> responses3xx++;
            case 4 -> responses4xx++;
            case 5 -> responses5xx++;
            default -> {}
        }
    }
}
