using System.Text.Json;
using Deltoid.Values;

namespace Deltoid.Charting;

/// <summary>Which object of an encounter a field belongs to.</summary>
internal enum ChartPart : byte { Encounter, Payer, Patient, Provider, Visit, Procedure, Administration }

/// <summary>A field of an encounter that a person may be asked for, or may give as an option of a command.</summary>
internal sealed class ChartField
{
    readonly JsonField row;

    ChartField(ChartPart part, JsonField row, string option) => (Part, this.row, Option) = (part, row, option);

    public ChartPart Part { get; }

    /// <summary>Its name in JSON: <c>containerAmount</c>.</summary>
    public string Name => row.Name;

    /// <summary>Its option: <c>--container-amount</c>.</summary>
    public string Option { get; }

    /// <summary>What people write for the option too.</summary>
    public IReadOnlyList<string> OtherOptions => Option == "--place" ? ["--pos"] : [];

    /// <summary>What it means, in a sentence.</summary>
    public string Says => row.Says;

    /// <summary>A value as it is typed.</summary>
    public string Example => row.Example.Trim('"', '[', ']', ' ');

    /// <summary>The words it takes; empty when it takes any text.</summary>
    public IEnumerable<string> Words => row.Type.Words?.All ?? [];

    /// <summary>It takes yes and no.</summary>
    public bool IsYesOrNo => row.Type.Kind == JsonKind.Either && row.Type.Of[0].Kind == JsonKind.Flag;

    internal JsonType Type => row.Type;

    /// <summary>Fields whose option is not made from their name.</summary>
    static readonly (ChartPart Part, string Name, string Option)[] OwnNames =
    [
        (ChartPart.Encounter, "serviceDate", "--date"),
        (ChartPart.Encounter, "placeOfService", "--place"),
        (ChartPart.Encounter, "diagnoses", "--dx"),
        (ChartPart.Payer, "kind", "--payer"),
        (ChartPart.Payer, "id", "--payer-id"),
        (ChartPart.Provider, "billing", "--billing-npi"),
        (ChartPart.Provider, "rendering", "--rendering-npi"),
        (ChartPart.Provider, "supervising", "--supervising-npi"),
        (ChartPart.Visit, "code", "--visit"),
        (ChartPart.Visit, "separateNote", "--separate-note"),
        (ChartPart.Procedure, "code", "--procedure"),
        (ChartPart.Administration, "diagnoses", "--for"),
    ];

    static string OptionOf(ChartPart part, string name)
    {
        foreach (var own in OwnNames)
            if (own.Part == part && own.Name == name) return own.Option;
        var of = part switch { ChartPart.Visit => "--visit-", ChartPart.Procedure => "--procedure-", _ => "--" };
        return of + JsonNamingPolicy.KebabCaseLower.ConvertName(name);
    }

    /// <summary>Not an object with fields of its own.</summary>
    static bool IsValue(JsonType type) => type.Kind switch
    {
        JsonKind.Object or JsonKind.Map => false,
        JsonKind.List => IsValue(type.Of[0]),
        _ => true,
    };

    /// <summary>All fields, in the order of the documentation.</summary>
    public static IReadOnlyList<ChartField> All { get; } =
    [
        .. Of(ChartPart.Encounter, EncounterJson.EncounterType.Fields!),
        .. Of(ChartPart.Payer, Within("payer")),
        .. Of(ChartPart.Patient, Within("patient")),
        .. Of(ChartPart.Provider, Within("provider")),
        .. Of(ChartPart.Visit, Within("visits")),
        .. Of(ChartPart.Procedure, Within("procedures")),
        .. Of(ChartPart.Administration, Within("administrations")),
    ];

    /// <summary>The field of an option.</summary>
    /// <exception cref="InvalidOperationException">There is no such option.</exception>
    public static ChartField Named(string option) => All.First(f => f.Option == option);

    static FieldNames Within(string name)
    {
        var type = EncounterJson.EncounterType.Fields!.Fields.First(f => f.Name == name).Type;
        return (type.Kind == JsonKind.List ? type.Of[0] : type).Fields!;
    }

    static IEnumerable<ChartField> Of(ChartPart part, FieldNames fields)
    {
        foreach (var row in fields.Fields)
            if (IsValue(row.Type) && (part, row.Name) is not (ChartPart.Administration, "id"))
                yield return new(part, row, OptionOf(part, row.Name));
    }
}
