package dev.sluice.abi.hostcall;

import dev.sluice.abi.MapType;
import dev.sluice.abi.PairList;
import dev.sluice.abi.context.EffectiveContext;
import dev.sluice.abi.spi.HeaderMap;
import org.jspecify.annotations.Nullable;

/// Header and trailer maps.
///
/// All return `BAD_ARGUMENT` for an unknown map type, `INVALID_MEMORY_ACCESS` when an address is
/// out of bounds.
///
/// Thread: the VM's.
final class HeaderCalls {
    private static final MapType[] TYPES = MapType.values();

    private final EffectiveContext context;
    private final GuestMemory memory;
    private final boolean absentIsEmpty;

    /// @param absentIsEmpty whether an absent key has an empty value, as in ABI 0.1.0
    HeaderCalls(EffectiveContext context, GuestMemory memory, boolean absentIsEmpty) {
        this.context = context;
        this.memory = memory;
        this.absentIsEmpty = absentIsEmpty;
    }

    /// `proxy_get_header_map_size(type, returnSize)`: the summed lengths of names and values.
    ///
    /// Returns `BAD_ARGUMENT` when the map cannot be changed now.
    long[] size(long[] arguments) {
        byte[] bytes = memory.array();
        if (GuestMemory.at(bytes, arguments[1], 4) < 0) {
            return Result.INVALID_MEMORY_ACCESS;
        }
        HeaderMap map = writable(arguments[0]);
        if (map == null) {
            return Result.BAD_ARGUMENT;
        }
        GuestMemory.writeInt(bytes, arguments[1], map.byteSize());
        return Result.OK;
    }

    /// `proxy_get_header_map_pairs(type, returnPairs, returnSize)`: the whole map as a pair list.
    ///
    /// A map that is empty or cannot be read now yields `OK` with size 0.
    long[] pairs(long[] arguments) {
        MapType type = type(arguments[0]);
        if (type == null) {
            return Result.BAD_ARGUMENT;
        }
        if (GuestMemory.noWords(memory.array(), arguments[1], arguments[2])) {
            return Result.INVALID_MEMORY_ACCESS;
        }
        HeaderMap map = context.readable(type);
        if (map == null || map.size() == 0) {
            return memory.given(0, 0, arguments[1], arguments[2]);
        }
        int length = 4 + 10 * map.size() + map.byteSize();
        int pointer = memory.allocate(length);
        if (pointer == 0) {
            return Result.INVALID_MEMORY_ACCESS;
        }
        map.copyPairs(memory.array(), pointer);
        return memory.given(pointer, length, arguments[1], arguments[2]);
    }

    /// `proxy_set_header_map_pairs(type, pairs, size)`: replaces the whole map, pseudo-headers
    /// included.
    ///
    /// Returns `BAD_ARGUMENT` when the map cannot be changed now, or a guest may not write one of
    /// the entries. What is no pair list counts as the empty one.
    long[] setPairs(long[] arguments) {
        byte[] bytes = memory.array();
        int pairs = GuestMemory.at(bytes, arguments[1], arguments[2]);
        if (pairs < 0) {
            return Result.INVALID_MEMORY_ACCESS;
        }
        HeaderMap map = writable(arguments[0]);
        if (map == null) {
            return Result.BAD_ARGUMENT;
        }
        return done(map.replaceAll(PairList.view(bytes, pairs, (int) arguments[2])));
    }

    /// `proxy_get_header_map_value(type, key, keySize, returnValue, returnSize)`: the first value
    /// under a key.
    ///
    /// Returns `BAD_ARGUMENT` when the map cannot be read now, `NOT_FOUND` when the key is absent,
    /// or the map while the stream is logged.
    long[] value(long[] arguments) {
        MapType type = type(arguments[0]);
        if (type == null) {
            return Result.BAD_ARGUMENT;
        }
        byte[] bytes = memory.array();
        int key = GuestMemory.at(bytes, arguments[1], arguments[2]);
        if (key < 0 || GuestMemory.noWords(bytes, arguments[3], arguments[4])) {
            return Result.INVALID_MEMORY_ACCESS;
        }
        HeaderMap map = context.readable(type);
        if (map == null) {
            return context.logging() ? absent(arguments) : Result.BAD_ARGUMENT;
        }
        int index = map.find(bytes, key, (int) arguments[2]);
        if (index < 0) {
            return absent(arguments);
        }
        int length = map.valueLength(index);
        if (length == 0) {
            return memory.given(0, 0, arguments[3], arguments[4]);
        }
        int pointer = memory.allocate(length);
        if (pointer == 0) {
            return Result.INVALID_MEMORY_ACCESS;
        }
        map.copyValue(index, memory.array(), pointer);
        return memory.given(pointer, length, arguments[3], arguments[4]);
    }

    /// `proxy_add_header_map_value(type, key, keySize, value, valueSize)`: appends an entry.
    ///
    /// Returns `BAD_ARGUMENT` when the map cannot be changed now, or a guest may not write this.
    long[] add(long[] arguments) {
        byte[] bytes = memory.array();
        int key = GuestMemory.at(bytes, arguments[1], arguments[2]);
        int value = GuestMemory.at(bytes, arguments[3], arguments[4]);
        if (key < 0 || value < 0) {
            return Result.INVALID_MEMORY_ACCESS;
        }
        HeaderMap map = writable(arguments[0]);
        if (map == null) {
            return Result.BAD_ARGUMENT;
        }
        return done(map.add(bytes, key, (int) arguments[2], value, (int) arguments[4]));
    }

    /// `proxy_replace_header_map_value(type, key, keySize, value, valueSize)`: sets the first entry
    /// and drops its duplicates, or appends one.
    ///
    /// Returns `BAD_ARGUMENT` when the map cannot be changed now, or a guest may not write this.
    long[] replace(long[] arguments) {
        byte[] bytes = memory.array();
        int key = GuestMemory.at(bytes, arguments[1], arguments[2]);
        int value = GuestMemory.at(bytes, arguments[3], arguments[4]);
        if (key < 0 || value < 0) {
            return Result.INVALID_MEMORY_ACCESS;
        }
        HeaderMap map = writable(arguments[0]);
        if (map == null) {
            return Result.BAD_ARGUMENT;
        }
        return done(map.replace(bytes, key, (int) arguments[2], value, (int) arguments[4]));
    }

    /// `proxy_remove_header_map_value(type, key, keySize)`: removes all entries of a key; absent is
    /// `OK`.
    ///
    /// Returns `BAD_ARGUMENT` when the map cannot be changed now, or a guest may not remove this.
    long[] remove(long[] arguments) {
        byte[] bytes = memory.array();
        int key = GuestMemory.at(bytes, arguments[1], arguments[2]);
        if (key < 0) {
            return Result.INVALID_MEMORY_ACCESS;
        }
        HeaderMap map = writable(arguments[0]);
        if (map == null) {
            return Result.BAD_ARGUMENT;
        }
        return done(map.remove(bytes, key, (int) arguments[2]));
    }

    private long[] absent(long[] arguments) {
        return absentIsEmpty ? memory.given(0, 0, arguments[3], arguments[4]) : Result.NOT_FOUND;
    }

    private @Nullable HeaderMap writable(long code) {
        MapType type = type(code);
        return type == null ? null : context.writable(type);
    }

    private static @Nullable MapType type(long code) {
        int index = (int) code;
        return index < 0 || index >= TYPES.length ? null : TYPES[index];
    }

    private static long[] done(boolean accepted) {
        return accepted ? Result.OK : Result.BAD_ARGUMENT;
    }
}
