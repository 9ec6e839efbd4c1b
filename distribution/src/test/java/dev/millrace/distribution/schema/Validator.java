package dev.millrace.distribution.schema;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;

/** A JSON Schema, and a validator that knows nothing of the product. */
final class Validator {
    private final Schema schema;

    private Validator(Schema schema) {
        this.schema = schema;
    }

    static Validator of(String schema) {
        return new Validator(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema));
    }

    /** The schema of schemas. */
    static Validator ofSchemas() {
        return new Validator(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(SchemaLocation.of(SpecificationVersion.DRAFT_2020_12.getDialectId())));
    }

    /** What is wrong with a document; nothing, if it is accepted. */
    List<Error> errors(Object document) {
        return schema.validate(Yaml.tree(document));
    }
}
