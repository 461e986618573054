package dev.sluice.host.plugin;

import dev.sluice.abi.ByteSink;
import dev.sluice.abi.MapType;
import dev.sluice.abi.ProxyStatus;
import dev.sluice.host.filter.FilterControl;
import dev.sluice.host.filter.StreamView;
import dev.sluice.host.http.Fields;
import dev.sluice.host.http.Names;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a guest learns of its exchange by `proxy_get_property`: Envoy's attribute names and
/// encodings.
///
/// Spec: envoyproxy.io, "Attributes"; numbers are 64-bit little-endian, times in nanoseconds.
final class StreamProperties {
    private static final Set<String> GROUPS =
            Set.of("request", "response", "source", "destination", "connection", "upstream", "xds");
    private static final int MOST_STORED = 64;
    private static final int MOST_BYTES = 64 << 10;

    private StreamProperties() {}

    static ProxyStatus write(
            FilterControl control, byte[] source, int offset, int length, ByteSink out) {
        String path = path(source, offset, length);
        if (path.isEmpty() || GROUPS.contains(path)) {
            return ProxyStatus.SERIALIZATION_FAILURE;
        }
        int dot = path.indexOf('\0');
        String group = dot < 0 ? path : path.substring(0, dot);
        String rest = dot < 0 ? "" : path.substring(dot + 1);
        boolean found =
                switch (group) {
                    case "request" -> request(control, rest, out);
                    case "response" -> response(control, rest, out);
                    case "source" -> address(control.stream().remoteAddress(), rest, out);
                    case "destination" -> address(control.stream().localAddress(), rest, out);
                    case "connection" -> connection(control.stream(), rest, out);
                    case "upstream" -> address(control.stream().upstreamAddress(), rest, out);
                    case "xds" -> xds(control.stream(), rest, out);
                    case "connection_id" -> number(control.stream().connectionId(), out);
                    case "route_name" -> text(control.stream().routeName(), out);
                    case "cluster_name" -> text(control.stream().upstreamName(), out);
                    case "listener_direction" -> number(1, out);
                    default -> false;
                };
        return found || stored(control.stream(), path, out)
                ? ProxyStatus.OK
                : ProxyStatus.NOT_FOUND;
    }

    /// What a plugin has stored; it never hides what the gateway itself knows.
    private static boolean stored(StreamView stream, String path, ByteSink out) {
        byte[] value = stream.properties().get(path);
        if (value == null) {
            return false;
        }
        out.putBytes(value, 0, value.length);
        return true;
    }

    static ProxyStatus store(
            FilterControl control,
            byte[] source,
            int pathOffset,
            int pathLength,
            int valueOffset,
            int valueLength) {
        Map<String, byte[]> stored = control.stream().properties();
        String path = path(source, pathOffset, pathLength);
        boolean fits =
                !path.isEmpty()
                        && valueLength <= MOST_BYTES
                        && (stored.size() < MOST_STORED || stored.containsKey(path));
        if (!fits) {
            return ProxyStatus.BAD_ARGUMENT;
        }
        stored.put(path, Arrays.copyOfRange(source, valueOffset, valueOffset + valueLength));
        return ProxyStatus.OK;
    }

    private static String path(byte[] source, int offset, int length) {
        int end = length > 0 && source[offset + length - 1] == 0 ? length - 1 : length;
        return new String(source, offset, end, StandardCharsets.ISO_8859_1);
    }

    private static boolean request(FilterControl control, String name, ByteSink out) {
        Fields fields = control.fields(MapType.HTTP_REQUEST_HEADERS);
        StreamView stream = control.stream();
        if (fields == null) {
            return false;
        }
        int query = fields.path().indexOf('?');
        return switch (name) {
            case "path" -> text(fields.path(), out);
            case "url_path" ->
                    text(query < 0 ? fields.path() : fields.path().substring(0, query), out);
            case "query" -> text(query < 0 ? "" : fields.path().substring(query + 1), out);
            case "host" -> text(fields.authority(), out);
            case "scheme" -> text(fields.scheme(), out);
            case "method" -> text(fields.method(), out);
            case "protocol" -> text(stream.protocol(), out);
            case "referer" -> text(fields.get(Names.REFERER), out);
            case "useragent" -> text(fields.get(Names.USER_AGENT), out);
            case "id" -> text(fields.get(Names.X_REQUEST_ID), out);
            case "time" -> number(stream.startUnixNanos(), out);
            case "duration" -> number(stream.elapsedNanos(), out);
            case "size" -> number(size(fields, stream.requestBytes()), out);
            case "total_size" -> number(stream.requestBytes() + fields.byteSize(), out);
            default -> field(fields, name, out);
        };
    }

    private static boolean response(FilterControl control, String name, ByteSink out) {
        Fields fields = control.fields(MapType.HTTP_RESPONSE_HEADERS);
        StreamView stream = control.stream();
        if (fields == null) {
            return false;
        }
        return switch (name) {
            case "code" -> number(fields.status(), out);
            case "code_details" -> text(stream.responseDetails(), out);
            case "size" -> number(stream.responseBytes(), out);
            case "total_size" -> number(stream.responseBytes() + fields.byteSize(), out);
            case "flags" -> number(0, out);
            default -> {
                Fields trailers = control.fields(MapType.HTTP_RESPONSE_TRAILERS);
                yield name.startsWith("trailers\0")
                        ? trailers != null
                                && joined(trailers, name.substring("trailers\0".length()), out)
                        : field(fields, name, out);
            }
        };
    }

    private static long size(Fields fields, long seen) {
        String declared = fields.get(Names.CONTENT_LENGTH);
        return declared == null ? seen : Long.parseLong(declared);
    }

    private static boolean field(Fields fields, String name, ByteSink out) {
        if (name.equals("headers")) {
            byte[] pairs = new byte[4 + 10 * fields.size() + fields.byteSize()];
            fields.copyPairs(pairs, 0);
            out.putBytes(pairs, 0, pairs.length);
            return true;
        }
        return name.startsWith("headers\0")
                && joined(fields, name.substring("headers\0".length()), out);
    }

    private static boolean joined(Fields fields, String name, ByteSink out) {
        int index = fields.indexOf(name, 0);
        if (index < 0) {
            return false;
        }
        out.putLatin1(fields.value(index));
        for (int i = fields.indexOf(name, index + 1); i >= 0; i = fields.indexOf(name, i + 1)) {
            out.putByte(',');
            out.putLatin1(fields.value(i));
        }
        return true;
    }

    private static boolean address(@Nullable InetSocketAddress address, String name, ByteSink out) {
        if (address == null) {
            return false;
        }
        return switch (name) {
            case "address" -> {
                String host =
                        address.getAddress() == null
                                ? address.getHostString()
                                : address.getAddress().getHostAddress();
                yield text(
                        host.contains(":")
                                ? "[" + host + "]:" + address.getPort()
                                : host + ":" + address.getPort(),
                        out);
            }
            case "port" -> number(address.getPort(), out);
            default -> false;
        };
    }

    private static boolean connection(StreamView stream, String name, ByteSink out) {
        return switch (name) {
            case "id" -> number(stream.connectionId(), out);
            case "mtls" -> {
                out.putByte(0);
                yield true;
            }
            case "requested_server_name" -> text("", out);
            default -> false;
        };
    }

    private static boolean xds(StreamView stream, String name, ByteSink out) {
        return switch (name) {
            case "cluster_name" -> text(stream.upstreamName(), out);
            case "route_name" -> text(stream.routeName(), out);
            case "listener_direction" -> number(1, out);
            default -> false;
        };
    }

    private static boolean text(@Nullable String value, ByteSink out) {
        if (value == null) {
            return false;
        }
        out.putLatin1(value);
        return true;
    }

    private static boolean number(long value, ByteSink out) {
        out.putLong(value);
        return true;
    }
}
