package dev.rota.wire;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumValueDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What may change from one version of a contract to the next: things may be added, and fields may go when they leave "reserved" behind. */
final class Compatibility {
    private final List<String> broken = new ArrayList<>();

    private Compatibility() {}

    /** One sentence for each rule that is broken; none: whoever knows one of them can read the other. */
    static List<String> broken(FileDescriptorProto before, FileDescriptorProto after) {
        Compatibility c = new Compatibility();
        if (!before.getPackage().equals(after.getPackage())) {
            c.broken.add("package " + before.getPackage() + " was renamed to " + after.getPackage());
        }
        c.messages(before.getPackage(), before.getMessageTypeList(), after.getMessageTypeList());
        c.enums(before.getEnumTypeList(), after.getEnumTypeList());
        before.getServiceList()
                .forEach(s -> s.getMethodList().forEach(m -> {
                    Optional<MethodDescriptorProto> now = after.getServiceList().stream()
                            .filter(x -> x.getName().equals(s.getName()))
                            .flatMap(x -> x.getMethodList().stream())
                            .filter(x -> x.getName().equals(m.getName()))
                            .findFirst();
                    if (!now.equals(Optional.of(m))) {
                        c.broken.add("call " + s.getName() + "." + m.getName() + " was removed or changed");
                    }
                }));
        return c.broken;
    }

    private void messages(String in, List<DescriptorProto> before, List<DescriptorProto> after) {
        for (DescriptorProto m : before) {
            String name = in + "." + m.getName();
            Optional<DescriptorProto> now =
                    after.stream().filter(x -> x.getName().equals(m.getName())).findFirst();
            now.ifPresentOrElse(n -> message(name, m, n), () -> broken.add("message " + name + " was removed"));
        }
    }

    private void message(String name, DescriptorProto before, DescriptorProto after) {
        for (FieldDescriptorProto f : before.getFieldList()) {
            Optional<FieldDescriptorProto> now = after.getFieldList().stream()
                    .filter(x -> x.getNumber() == f.getNumber())
                    .findFirst();
            if (now.isPresent()) {
                same(name, before, f, after, now.get());
            } else if (!reserved(after, f.getNumber())
                    || !after.getReservedNameList().contains(f.getName())) {
                broken.add(name + "." + f.getName() + " was removed: reserve its number " + f.getNumber()
                        + " and its name");
            }
        }
        before.getReservedRangeList().forEach(r -> {
            for (int n = r.getStart(); n < r.getEnd(); n++) {
                if (!reserved(after, n)) {
                    broken.add(name + ": number " + n + " was reserved and no longer is");
                }
            }
        });
        messages(name, before.getNestedTypeList(), after.getNestedTypeList());
        enums(before.getEnumTypeList(), after.getEnumTypeList());
    }

    private void same(
            String name,
            DescriptorProto before,
            FieldDescriptorProto f,
            DescriptorProto after,
            FieldDescriptorProto now) {
        String field = name + "." + f.getName();
        if (!f.getName().equals(now.getName())) {
            broken.add(field + " has number " + f.getNumber() + ", which " + now.getName() + " uses now");
        } else if (f.getType() != now.getType() || !f.getTypeName().equals(now.getTypeName())) {
            broken.add(field + " changed its type from " + type(f) + " to " + type(now));
        } else if (f.getLabel() != now.getLabel()
                || f.getProto3Optional() != now.getProto3Optional()
                || !oneof(before, f).equals(oneof(after, now))) {
            broken.add(field + " changed how often it may be there");
        }
    }

    private static String type(FieldDescriptorProto f) {
        return f.getType() + (f.getTypeName().isEmpty() ? "" : " " + f.getTypeName());
    }

    private static String oneof(DescriptorProto m, FieldDescriptorProto f) {
        return f.hasOneofIndex() ? m.getOneofDecl(f.getOneofIndex()).getName() : "";
    }

    private static boolean reserved(DescriptorProto m, int number) {
        return m.getReservedRangeList().stream().anyMatch(r -> r.getStart() <= number && number < r.getEnd());
    }

    private void enums(List<EnumDescriptorProto> before, List<EnumDescriptorProto> after) {
        for (EnumDescriptorProto e : before) {
            List<EnumValueDescriptorProto> now = after.stream()
                    .filter(x -> x.getName().equals(e.getName()))
                    .flatMap(x -> x.getValueList().stream())
                    .toList();
            e.getValueList().stream()
                    .filter(v -> now.stream()
                            .noneMatch(n -> n.getNumber() == v.getNumber()
                                    && n.getName().equals(v.getName())))
                    .forEach(v -> broken.add("enum value " + e.getName() + "." + v.getName() + " = " + v.getNumber()
                            + " was removed or changed"));
        }
    }
}
