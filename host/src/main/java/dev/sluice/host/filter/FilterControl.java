package dev.sluice.host.filter;

import dev.sluice.abi.LocalResponse;
import dev.sluice.abi.MapType;
import dev.sluice.host.http.Body;
import dev.sluice.host.http.Fields;
import org.jspecify.annotations.Nullable;

/// What one filter may see of its exchange and do to it.
///
/// Thread: the exchange's event loop.
public interface FilterControl {
    /// The exchange itself.
    StreamView stream();

    /// The headers or trailers of types 0 to 3, once they exist and as long as the exchange lives.
    @Nullable Fields fields(MapType type);

    /// Whether those of `type` can still be changed: this filter has not let them go.
    boolean isWritable(MapType type);

    /// The trailers of `type`, made empty when there are none and the body has ended in this
    /// filter.
    @Nullable Fields createTrailers(MapType type);

    /// The request body held for this filter, in its body callback or stopped in it.
    @Nullable Body requestBody();

    /// The response body held for this filter, in its body callback or stopped in it.
    @Nullable Body responseBody();

    /// Lets a stopped request go on.
    void resumeRequest();

    /// Asks this filter once more about the request headers that it stopped, and what it wants to
    /// see.
    void retryRequest();

    /// Lets a stopped response go on.
    void resumeResponse();

    /// Answers the client in place of the upstream; only the first answer counts.
    void reply(LocalResponse response);

    /// Answers 503, or resets the stream when a response is under way: the filter cannot decide.
    ///
    /// @param details for the access log
    void fail(String details);

    /// Resets the stream.
    void reset(String details);
}
