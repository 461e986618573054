package dev.sluice.host.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpHeadersFactory;
import io.netty.util.AsciiString;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map.Entry;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What Netty's HTTP/1 decoder writes into: [Fields] under the decoder's own interface, validating
/// as it is written, because the decoder leaves that to its headers factory.
///
/// Thread: the connection's event loop.
public final class FieldsHeaders extends HttpHeaders {
    private final Fields fields;

    private FieldsHeaders(Fields fields) {
        this.fields = fields;
    }

    /// A factory for the headers of requests.
    public static HttpHeadersFactory requests() {
        return factory(Fields::request);
    }

    /// A factory for the headers of responses.
    public static HttpHeadersFactory responses() {
        return factory(Fields::response);
    }

    /// A factory for trailers.
    public static HttpHeadersFactory trailers() {
        return factory(Fields::trailers);
    }

    /// What was decoded.
    public Fields fields() {
        return fields;
    }

    private static HttpHeadersFactory factory(Supplier<Fields> fields) {
        return new HttpHeadersFactory() {
            @Override
            public HttpHeaders newHeaders() {
                return new FieldsHeaders(fields.get());
            }

            @Override
            public HttpHeaders newEmptyHeaders() {
                return newHeaders();
            }
        };
    }

    @Override
    public HttpHeaders add(CharSequence name, Object value) {
        String text = value.toString();
        if (!FieldRules.isToken(name)) {
            throw new IllegalArgumentException("header name: not a token");
        }
        if (!FieldRules.isValue(text)) {
            throw new IllegalArgumentException("header value: control character in " + name);
        }
        if (HttpHeaderNames.CONTENT_LENGTH.contentEqualsIgnoreCase(name) && fields.contains(name)) {
            throw new IllegalArgumentException("content-length: more than one");
        }
        fields.add(AsciiString.of(name), text);
        return this;
    }

    @Override
    public HttpHeaders add(String name, Object value) {
        return add((CharSequence) name, value);
    }

    @Override
    public HttpHeaders add(String name, Iterable<?> all) {
        all.forEach(value -> add(name, value));
        return this;
    }

    @Override
    public HttpHeaders addInt(CharSequence name, int value) {
        return add(name, Integer.toString(value));
    }

    @Override
    public HttpHeaders addShort(CharSequence name, short value) {
        return add(name, Short.toString(value));
    }

    @Override
    public HttpHeaders set(CharSequence name, Object value) {
        fields.set(AsciiString.of(name), value.toString());
        return this;
    }

    @Override
    public HttpHeaders set(String name, Object value) {
        return set((CharSequence) name, value);
    }

    @Override
    public HttpHeaders set(String name, Iterable<?> all) {
        fields.remove(name);
        return add(name, all);
    }

    @Override
    public HttpHeaders setInt(CharSequence name, int value) {
        return set(name, Integer.toString(value));
    }

    @Override
    public HttpHeaders setShort(CharSequence name, short value) {
        return set(name, Short.toString(value));
    }

    @Override
    public HttpHeaders remove(CharSequence name) {
        fields.remove(name);
        return this;
    }

    @Override
    public HttpHeaders remove(String name) {
        fields.remove(name);
        return this;
    }

    @Override
    public HttpHeaders clear() {
        fields.clear();
        return this;
    }

    @Override
    public @Nullable String get(CharSequence name) {
        return fields.get(name);
    }

    @Override
    public @Nullable String get(String name) {
        return fields.get(name);
    }

    @Override
    public @Nullable Integer getInt(CharSequence name) {
        String value = fields.get(name);
        return value == null ? null : Integer.valueOf(value);
    }

    @Override
    public int getInt(CharSequence name, int otherwise) {
        String value = fields.get(name);
        return value == null ? otherwise : Integer.parseInt(value);
    }

    @Override
    public @Nullable Short getShort(CharSequence name) {
        String value = fields.get(name);
        return value == null ? null : Short.valueOf(value);
    }

    @Override
    public short getShort(CharSequence name, short otherwise) {
        String value = fields.get(name);
        return value == null ? otherwise : Short.parseShort(value);
    }

    @Override
    public Long getTimeMillis(CharSequence name) {
        throw new UnsupportedOperationException("dates are not read here");
    }

    @Override
    public long getTimeMillis(CharSequence name, long otherwise) {
        throw new UnsupportedOperationException("dates are not read here");
    }

    @Override
    public List<String> getAll(CharSequence name) {
        int index = fields.indexOf(name, fields.pseudoSize());
        if (index < 0) {
            return List.of();
        }
        var all = new ArrayList<String>(1);
        for (; index >= 0; index = fields.indexOf(name, index + 1)) {
            all.add(fields.value(index));
        }
        return all;
    }

    @Override
    public List<String> getAll(String name) {
        return getAll((CharSequence) name);
    }

    @Override
    public boolean contains(CharSequence name) {
        return fields.contains(name);
    }

    @Override
    public boolean contains(String name) {
        return fields.contains(name);
    }

    /// Netty asks this of every message, mostly for fields that are not there.
    @Override
    public boolean containsValue(CharSequence name, CharSequence value, boolean ignoreCase) {
        return fields.contains(name) && super.containsValue(name, value, ignoreCase);
    }

    @Override
    public boolean isEmpty() {
        return size() == 0;
    }

    @Override
    public int size() {
        return fields.size() - fields.pseudoSize();
    }

    @Override
    public Set<String> names() {
        var names = new LinkedHashSet<String>();
        for (int i = fields.pseudoSize(); i < fields.size(); i++) {
            names.add(fields.name(i).toString());
        }
        return names;
    }

    @Override
    public List<Entry<String, String>> entries() {
        var entries = new ArrayList<Entry<String, String>>(size());
        for (int i = fields.pseudoSize(); i < fields.size(); i++) {
            entries.add(new SimpleImmutableEntry<>(fields.name(i).toString(), fields.value(i)));
        }
        return entries;
    }

    @Deprecated
    @Override
    public Iterator<Entry<String, String>> iterator() {
        return entries().iterator();
    }

    @Override
    public Iterator<Entry<CharSequence, CharSequence>> iteratorCharSequence() {
        var entries = new ArrayList<Entry<CharSequence, CharSequence>>(size());
        for (int i = fields.pseudoSize(); i < fields.size(); i++) {
            entries.add(new SimpleImmutableEntry<>(fields.name(i), fields.value(i)));
        }
        return entries.iterator();
    }
}
