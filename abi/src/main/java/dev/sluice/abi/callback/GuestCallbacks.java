package dev.sluice.abi.callback;

import dev.sluice.abi.engine.GuestInstance;
import org.jspecify.annotations.Nullable;

/// The callbacks of one instance.
///
/// Arguments are passed in arrays that are used again for every call: the guest has read them
/// before it can call the host, and the only callback that nests, the allocator, has its own.
///
/// Thread: the VM's.
public final class GuestCallbacks {
    private static final long[] NOTHING = {};

    private final GuestInstance instance;
    private final GuestExports exports;
    private final int allocator;
    private final long[] size = new long[1];
    private final long[] one = new long[1];
    private final long[] two = new long[2];
    private final long[] three = new long[3];
    private final long[] five = new long[5];

    /// @param exports with an allocator
    public GuestCallbacks(GuestInstance instance, GuestExports exports) {
        this.instance = instance;
        this.exports = exports;
        Callback found = exports.allocator();
        this.allocator = found == null ? -1 : exports.index(found);
    }

    /// Whether the callback is exported.
    public boolean has(Callback callback) {
        return exports.has(callback);
    }

    /// Makes the guest allocate.
    ///
    /// @return an address, not yet checked
    public int allocate(int bytes) {
        size[0] = bytes;
        return result(instance.call(allocator, size));
    }

    /// Calls an exported callback without arguments.
    public int call(Callback callback) {
        return result(instance.call(exports.index(callback), NOTHING));
    }

    /// Calls an exported callback.
    ///
    /// @return its result, or 0 when it has none
    public int call(Callback callback, int first) {
        one[0] = first;
        return result(instance.call(exports.index(callback), one));
    }

    /// Calls an exported callback.
    ///
    /// @return its result, or 0 when it has none
    public int call(Callback callback, int first, int second) {
        two[0] = first;
        two[1] = second;
        return result(instance.call(exports.index(callback), two));
    }

    /// Calls an exported callback, without the last argument where it does not take it.
    ///
    /// @return its result, or 0 when it has none
    public int call(Callback callback, int first, int second, int third) {
        if (exports.arity(callback) == 2) {
            return call(callback, first, second);
        }
        three[0] = first;
        three[1] = second;
        three[2] = third;
        return result(instance.call(exports.index(callback), three));
    }

    /// Calls `proxy_on_http_call_response`, which is exported.
    public void httpCallResponse(int root, int token, int headers, int bodySize, int trailers) {
        five[0] = root;
        five[1] = token;
        five[2] = headers;
        five[3] = bodySize;
        five[4] = trailers;
        instance.call(exports.index(Callback.HTTP_CALL_RESPONSE), five);
    }

    private static int result(long @Nullable [] results) {
        return results == null || results.length == 0 ? 0 : (int) results[0];
    }
}
