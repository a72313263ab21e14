using System.Text;
using Firely.Fhir.Validation;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using Hl7.Fhir.Specification.Source;
using Hl7.Fhir.Specification.Terminology;

namespace Deltoid.Tests;

/// <summary>
/// The validator of Firely over the specification of R4, opened once: it takes seconds. Its caches are not for several
/// threads.
/// </summary>
public sealed class FhirValidator
{
    readonly Lock gate = new();
    readonly Validator validator;

    public FhirValidator()
    {
        var source = new CachedResolver(new ZipSource(Path.Combine(AppContext.BaseDirectory, "specification.zip")));
        validator = new(source, LocalTerminologyService.CreateDefaultForCore(source), null, new ValidationSettings());
    }

    /// <summary>All that is an error, of a resource that must also read strictly.</summary>
    internal List<string> FaultsOf(ReadOnlySpan<byte> resource)
    {
        Resource read;
        try { read = new FhirJsonDeserializer().DeserializeResource(Encoding.UTF8.GetString(resource)); }
        catch (DeserializationFailedException e) { return [e.Message]; }
        lock (gate)
            return [.. validator.Validate(read, null).Issue
                .Where(static i => i.Severity is OperationOutcome.IssueSeverity.Error
                    or OperationOutcome.IssueSeverity.Fatal)
                .Select(static i => $"{string.Join(' ', i.Expression)}: {i.Details?.Text}")];
    }
}
