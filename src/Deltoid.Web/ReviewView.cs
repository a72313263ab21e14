using System.Text.Json;
using Deltoid.Findings;
using Deltoid.Results;
using Deltoid.Store;
using Deltoid.Store.Model;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web;

/// <summary>A part of a chart as it was documented: a heading, and what was written.</summary>
public sealed record ChartPart(string Heading, IReadOnlyList<(string Name, string Text)> Facts);

/// <summary>A claim of a sample beside its chart.</summary>
public sealed record ReviewView(AuditSample Sample, SampledClaim Sampled, StoredClaim Claim,
    IReadOnlyList<ChartPart> Chart)
{
    /// <summary>How many claims the sample has.</summary>
    public int Claims { get; init; }

    public long? Previous { get; init; }

    public long? Next { get; init; }

    /// <summary>How well the chart documents what was given: points, their word, and what is missing.</summary>
    public int? Score { get; init; }

    public string Band { get; init; } = "";

    public IReadOnlyList<string> Missing { get; init; } = [];

    public static async Task<ReviewView?> Of(PracticeDb db, Engine engine, long id, CancellationToken stop)
    {
        if (await db.SampledClaims.AsNoTracking().Include(static c => c.Lines.OrderBy(static l => l.Line))
            .FirstOrDefaultAsync(c => c.Id == id, stop) is not { } sampled) return null;
        var claim = await db.Claims.AsNoTracking().Include(static c => c.Patient).Include(static c => c.Payer)
            .SingleAsync(c => c.Id == sampled.ClaimId, stop);
        var document = await Visits.DocumentOf(db, claim, stop);
        var marks = document is null ? null : engine.Code(Documents.Visit(document)).Documentation;
        var others = db.SampledClaims.Where(c => c.SampleId == sampled.SampleId);
        return new(await db.AuditSamples.AsNoTracking().SingleAsync(s => s.Id == sampled.SampleId, stop), sampled,
            claim, document is null ? [] : PartsOf(document))
        {
            Claims = await others.CountAsync(stop), Score = marks?.Score, Band = marks?.Band ?? "",
            Missing = [.. (marks?.Missing ?? []).Select(Elements.Name).Where(static n => n.Length > 0)],
            Previous = await others.Where(c => c.Place == sampled.Place - 1).Select(static c => (long?)c.Id)
                .FirstOrDefaultAsync(stop),
            Next = await others.Where(c => c.Place == sampled.Place + 1).Select(static c => (long?)c.Id)
                .FirstOrDefaultAsync(stop),
        };
    }

    /// <summary>What the claim and the payer say is beside the chart already.</summary>
    static readonly string[] Beside = ["id", "payer", "patient", "billing", "charges", "claim", "history"];

    /// <summary>The chart as it was documented: first what was given, then what is of the whole visit.</summary>
    static List<ChartPart> PartsOf(string document)
    {
        using var json = JsonDocument.Parse(document);
        var (parts, visit) = (new List<ChartPart>(), new List<(string, string)>());
        foreach (var field in json.RootElement.EnumerateObject())
        {
            if (Beside.Contains(field.Name)) continue;
            if (field.Value.ValueKind == JsonValueKind.Array
                && field.Value.EnumerateArray().Any(static i => i.ValueKind == JsonValueKind.Object))
            {
                var number = 0;
                foreach (var item in field.Value.EnumerateArray())
                {
                    var facts = new List<(string, string)>();
                    Add(facts, "", item);
                    parts.Add(new($"{Words(field.Name).TrimEnd('s')} {++number}", facts));
                }
            }
            else Add(visit, Words(field.Name), field.Value);
        }
        if (visit.Count > 0) parts.Add(new("visit", visit));
        return parts;
    }

    static void Add(List<(string, string)> facts, string name, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var field in value.EnumerateObject())
                    Add(facts, name.Length == 0 ? Words(field.Name) : $"{name}, {Words(field.Name)}", field.Value);
                break;
            case JsonValueKind.Array:
                facts.Add((name, string.Join(", ", value.EnumerateArray().Select(static v => v.ToString()))));
                break;
            case JsonValueKind.True or JsonValueKind.False:
                facts.Add((name, value.ValueKind == JsonValueKind.True ? "yes" : "no"));
                break;
            case JsonValueKind.Null:
                break;
            default:
                facts.Add((name, value.ToString()));
                break;
        }
    }

    /// <summary>The name of a field in words: orderedOn is <c>ordered on</c>.</summary>
    static string Words(string name) => string.Concat(name.Select(static c => char.IsAsciiLetterUpper(c)
        ? " " + char.ToLowerInvariant(c) : c.ToString()));
}
