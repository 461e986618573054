package dev.sluice.abi.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import run.endive.compiler.internal.Compiler;

/// What a module was compiled to, as bytes: all that is needed to run it, and to keep it.
///
/// @param mainClass name of the class that is the machine
/// @param classes class files by name
/// @param slim the module without the bodies of compiled functions
/// @param functionNames by index, where the module carries names
/// @param interpreted indices of functions that could not be compiled
@SuppressWarnings("ArrayRecordComponent") // bytes and names, never compared
public record ModuleCode(
        String mainClass,
        Map<String, byte[]> classes,
        byte[] slim,
        @Nullable String[] functionNames,
        Set<Integer> interpreted) {
    private static final int LAYOUT = 1;
    private static final String ENGINE = engineVersion();

    /// What code that is read must have been written with: the engine and the layout of the bytes.
    public static String format() {
        return "endive %s, layout %d".formatted(ENGINE, LAYOUT);
    }

    /// Reads what [#write] wrote with the same [#format].
    ///
    /// @throws IOException when it is something else, as far as that can be seen
    public static ModuleCode read(DataInput in) throws IOException {
        String mainClass = in.readUTF();
        Map<String, byte[]> classes = new HashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            classes.put(in.readUTF(), readBytes(in));
        }
        byte[] slim = readBytes(in);
        @Nullable String[] names = new String[in.readInt()];
        for (int i = 0; i < names.length; i++) {
            names[i] = in.readBoolean() ? new String(readBytes(in), UTF_8) : null;
        }
        Set<Integer> interpreted = new TreeSet<>();
        for (int left = in.readInt(); left > 0; left--) {
            interpreted.add(in.readInt());
        }
        return new ModuleCode(mainClass, classes, slim, names, interpreted);
    }

    /// Writes it for [#read].
    public void write(DataOutput out) throws IOException {
        out.writeUTF(mainClass);
        out.writeInt(classes.size());
        for (Map.Entry<String, byte[]> each : classes.entrySet()) {
            out.writeUTF(each.getKey());
            writeBytes(out, each.getValue());
        }
        writeBytes(out, slim);
        out.writeInt(functionNames.length);
        for (String name : functionNames) {
            out.writeBoolean(name != null);
            if (name != null) {
                writeBytes(out, name.getBytes(UTF_8));
            }
        }
        out.writeInt(interpreted.size());
        for (int each : interpreted) {
            out.writeInt(each);
        }
    }

    /// How many bytes of class files.
    long classBytes() {
        return classes.values().stream().mapToLong(each -> each.length).sum();
    }

    private static byte[] readBytes(DataInput in) throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return bytes;
    }

    private static void writeBytes(DataOutput out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String engineVersion() {
        String resource = "/META-INF/maven/run.endive/compiler/pom.properties";
        try (var in = Compiler.class.getResourceAsStream(resource)) {
            var properties = new Properties();
            if (in != null) {
                properties.load(in);
            }
            String version = properties.getProperty("version");
            if (version == null) {
                throw new IllegalStateException("the engine does not tell its version");
            }
            return version;
        } catch (IOException e) {
            throw new IllegalStateException("the engine does not tell its version", e);
        }
    }
}
