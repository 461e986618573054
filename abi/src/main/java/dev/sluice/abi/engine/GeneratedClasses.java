package dev.sluice.abi.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import run.endive.compiler.internal.ClassCollector;

/// Takes the classes that the compiler makes, as bytes; none is defined while it works.
///
/// Thread: the compiler's.
final class GeneratedClasses implements ClassCollector {
    private final Map<String, byte[]> classes = new HashMap<>();
    private String mainClassName = "";

    @Override
    public String mainClassName() {
        return mainClassName;
    }

    @Override
    public void putMainClass(String className, byte[] bytes) {
        mainClassName = className.replace('/', '.');
        put(className, bytes);
    }

    @Override
    public void put(String name, byte[] data) {
        classes.put(name.replace('/', '.'), data);
    }

    @Override
    public void putAll(ClassCollector collector) {
        collector.classBytes().forEach(this::put);
    }

    @Override
    public Map<String, byte[]> classBytes() {
        return Map.copyOf(classes);
    }

    @Override
    public byte[] resolve(Class<?> type) {
        String resource = type.getName().replace('.', '/') + ".class";
        try (InputStream in = type.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                throw new LinkageError("class file of " + type.getName() + " not found");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
