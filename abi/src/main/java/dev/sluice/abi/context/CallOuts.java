package dev.sluice.abi.context;

import org.jspecify.annotations.Nullable;

/// The HTTP calls of one VM that have not been answered.
///
/// Thread: the VM's.
final class CallOuts {
    /// Tokens keep their low two bits for the kind of call; HTTP is 0.
    private static final int STEP = 4;

    /// Most body bytes of all outstanding calls: the host holds a copy of each.
    private static final long MOST_BYTES = 16L << 20;

    private final int most;
    private final int mostPerStream;
    private final IntTable<CallOut> outstanding = new IntTable<>();
    private int lastToken;
    private long bytes;

    CallOuts(int most, int mostPerStream) {
        this.most = most;
        this.mostPerStream = mostPerStream;
    }

    int size() {
        return outstanding.size();
    }

    /// Notes a call and gives it a token, or answers 0 when there are too many, or too many bytes.
    int open(PluginContext plugin, @Nullable StreamContext stream, int bodyBytes) {
        if (outstanding.size() >= most || bytes + bodyBytes > MOST_BYTES) {
            return 0;
        }
        if (stream != null && stream.outstandingCalls >= mostPerStream) {
            return 0;
        }
        do {
            lastToken = (lastToken + STEP) & Integer.MAX_VALUE;
        } while (lastToken == 0 || outstanding.get(lastToken) != null);
        outstanding.put(lastToken, new CallOut(plugin, stream, bodyBytes));
        bytes += bodyBytes;
        plugin.outstandingCalls++;
        if (stream != null) {
            stream.outstandingCalls++;
        }
        return lastToken;
    }

    /// Forgets a call; whether there was one with this token and of this plugin.
    boolean close(int token, PluginContext plugin) {
        CallOut call = outstanding.get(token);
        if (call == null || call.plugin() != plugin) {
            return false;
        }
        outstanding.remove(token);
        bytes -= call.bytes();
        plugin.outstandingCalls--;
        if (call.stream() != null) {
            call.stream().outstandingCalls--;
        }
        return true;
    }

    void clear() {
        outstanding.clear();
        bytes = 0;
    }

    private record CallOut(PluginContext plugin, @Nullable StreamContext stream, int bytes) {}
}
