using System.Globalization;
using System.Text;
using System.Text.Json;
using Deltoid.Values;

namespace Deltoid.Findings;

/// <summary>
/// Turns a finding into words, at the edge only. Templates name the arguments {0} to {3}, what two amounts make
/// {2-3}, the line {line} and
/// the other line {other}. Names that only a code book knows (drugs, their classes) come from the caller.
/// </summary>
public static class FindingText
{
    /// <summary>
    /// The sentence for people. <paramref name="names"/> gives what only a book can name, such as a drug.
    /// </summary>
    public static string Message(in Finding finding, Func<Arg, string>? names = null) =>
        Fill(finding.Info.Message, finding, names);

    /// <summary>The fix in a sentence, or empty.</summary>
    public static string Fix(in Finding finding, Func<Arg, string>? names = null) =>
        finding.Info.Fix is { } fix ? Fill(fix.Text, finding, names) : "";

    /// <summary>The word in JSON.</summary>
    public static string Of(Outcome outcome) => outcome switch
    {
        Outcome.Rejection => "rejection",
        Outcome.Denial => "denial",
        Outcome.Underpayment => "underpayment",
        Outcome.Overpayment => "overpayment",
        Outcome.Compliance => "compliance",
        _ => "none",
    };

    /// <summary>The word in JSON.</summary>
    public static string Of(Severity severity) =>
        severity switch { Severity.Error => "error", Severity.Warning => "warning", _ => "info" };

    /// <summary>The word in JSON.</summary>
    public static string Of(FixSafety safety) => safety switch
    {
        FixSafety.Clerical => "clerical",
        FixSafety.NeedsChart => "needs-chart",
        FixSafety.DisplayOnly => "display-only",
        _ => ""
    };

    /// <summary>The word in JSON.</summary>
    public static string Of(Authority authority) => authority switch
    {
        Authority.Regulation => "regulation",
        Authority.CmsManual => "cms-manual",
        Authority.Ncci => "ncci",
        Authority.CodeSet => "code-set",
        Authority.PayerPolicy => "payer-policy",
        Authority.Association => "association",
        _ => "blog",
    };

    /// <summary>One argument in words.</summary>
    public static string Of(Arg arg, Func<Arg, string>? names = null) => arg.Kind switch
    {
        ArgKind.None => "",
        ArgKind.Code or ArgKind.Place => new Code((ulong)arg.Value).ToString(),
        ArgKind.Diagnosis => new Code((ulong)arg.Value).ToDiagnosis(),
        ArgKind.Modifier => new Modifier((ushort)arg.Value).ToString(),
        ArgKind.Date => DateOnly.FromDayNumber((int)arg.Value).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ArgKind.Quantity => new Quantity(arg.Value).ToString(),
        ArgKind.Money => "$" + new Money(arg.Value),
        ArgKind.Count => arg.Value.ToString(CultureInfo.InvariantCulture),
        ArgKind.Minutes => arg.Value == 1 ? "1 minute" : arg.Value.ToString(CultureInfo.InvariantCulture) + " minutes",
        ArgKind.Amount => new Amount(arg.Value / 1_000_000m, (MeasureUnit)arg.Extra).ToString(),
        ArgKind.Route => Words.Routes[(Route)arg.Value],
        ArgKind.Container => Words.Containers[(ContainerKind)arg.Value],
        ArgKind.Purpose => Words.Purposes[(Purpose)arg.Value],
        ArgKind.Source => Words.Sources[(DrugSource)arg.Value],
        ArgKind.PayerKind => Words.PayerKinds[(PayerKind)arg.Value],
        ArgKind.Element => Elements.WithId((int)arg.Value),
        ArgKind.Field => NameOf((Field)arg.Value),
        ArgKind.Words => string.Join(", ", WordsOf((Field)arg.Value)),
        ArgKind.Segment => SegmentName(arg.Value),
        ArgKind.Tables => string.Join(", ", TablesOf((BookTables)arg.Value)),
        ArgKind.Drug when arg.Value < 0 => "this drug",
        _ => names?.Invoke(arg) ?? "",
    };

    /// <summary>A field as it is written in the JSON: <c>dose</c>, <c>payer.kind</c>.</summary>
    static string NameOf(Field field)
    {
        var name = field.ToString();
        foreach (var part in (ReadOnlySpan<string>)["Payer", "Patient", "Provider"])
            if (name.Length > part.Length && name.StartsWith(part, StringComparison.Ordinal))
                return $"{Camel(part)}.{Camel(name[part.Length..])}";
        return Camel(name);
    }

    static string Camel(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);

    static IEnumerable<string> TablesOf(BookTables tables)
    {
        if (tables.HasFlag(BookTables.Diagnoses)) yield return "diagnoses";
        if (tables.HasFlag(BookTables.UnitLimits)) yield return "unit limits of some codes";
        if (tables.HasFlag(BookTables.DrugPrices)) yield return "drug prices";
        if (tables.HasFlag(BookTables.Pairs)) yield return "pairs of procedures other than injections";
    }

    static string SegmentName(long packed)
    {
        var name = "";
        for (var shift = 56; shift >= 0 && (byte)(packed >> shift & 0xFF) is > 0 and var letter; shift -= 8)
            name += (char)letter;
        return name.Length > 0 ? name : "a segment";
    }

    /// <summary>An element's place in its segment, as X12 people write it: <c>03</c>, <c>03-1</c>.</summary>
    static string At(in SourcePlace place) =>
        place.Element == 0
            ? ""
            : place.Element.ToString("00", CultureInfo.InvariantCulture)
            + (place.Component == 0 ? "" : "-" + place.Component.ToString(CultureInfo.InvariantCulture));

    static IEnumerable<string> WordsOf(Field field) => field switch
    {
        Field.Route => Words.Routes.All,
        Field.Container => Words.Containers.All,
        Field.Purpose => Words.Purposes.All,
        Field.Source => Words.Sources.All,
        Field.Notice => Words.Notices.All,
        Field.OffCampus => Words.OffCampusStandings.All,
        Field.ProviderSupervision => Words.Supervisions.All,
        Field.ProviderRole or Field.Performer => Words.Roles.All,
        Field.PayerKind or Field.Payer => Words.PayerKinds.All,
        Field.Setting => Words.Settings.All,
        Field.PatientSex => Words.Sexes.All,
        Field.Dose or Field.Discarded or Field.ContainerAmount
            or Field.Volume => ["an amount with its unit, such as 1000 mcg"],
        Field.PayerLocality =>
            ["the number of a locality, such as 06102-16 ('deltoid codes localities chicago' finds it)"],
        Field.Concentration => ["an amount per volume, such as 30 mg/mL"],
        Field.Diagnoses => ["an ICD-10-CM code: a letter, a digit and more, such as M54.50"],
        Field.Modifiers => ["two letters or digits, such as 25"],
        Field.Code or Field.Hcpcs => ["a CPT or HCPCS code of five characters, such as 96372"],
        Field.PlaceOfService => ["two digits, such as 11"],
        Field.Start or Field.Stop => ["a time, such as 09:00 or 9:00 AM"],
        Field.Minutes or Field.Observed => ["minutes, such as 15 or 1 h 30 min"],
        Field.Date => ["a day, such as 2026-03-02"],
        Field.ProviderRendering or Field.ProviderSupervising or Field.BillingNpi => ["the ten digits of an NPI"],
        Field.Muscles or Field.Lesions or Field.VascularAccesses => ["a number, such as 3"],
        Field.SplitDose or Field.SeparateNote or Field.PatientEstablished or Field.Counseling or Field.Consent
            or Field.Checked or Field.Given or Field.Order => ["yes or no"],
        _ => ["a form that the documentation of encounters shows"],
    };

    /// <summary>Fills a template with the arguments of a finding.</summary>
    public static string Fill(string template, in Finding finding, Func<Arg, string>? names)
    {
        if (!template.Contains('{', StringComparison.Ordinal)) return template;
        var text = new StringBuilder(template.Length + 32);
        for (var at = 0; at < template.Length;)
        {
            var close = template[at] == '{' ? template.IndexOf('}', at) : -1;
            if (close < 0)
            {
                text.Append(template[at++]);
                continue;
            }
            text.Append(Named(template[(at + 1)..close], finding, names));
            at = close + 1;
        }
        return text.ToString().TrimEnd();
    }

    /// <summary>What two amounts of money make: a message states how an amount was counted.</summary>
    static Arg Sum(Arg one, Arg other, int sign) =>
        Arg.Of(new Money((long)Int128.Clamp((Int128)one.Value + (sign * (Int128)other.Value), long.MinValue,
            long.MaxValue)));

    /// <summary>One more of a list, where there is one: <c>{0}{,1}{,2}</c>; <c>{:1}</c> begins the list.</summary>
    static string Further(Arg arg, Func<Arg, string>? names) => arg.Kind == ArgKind.None ? "" : ", " + Of(arg, names);

    /// <summary>A limit in words: <c>only once</c>, <c>at most 5 times</c>.</summary>
    static string Times(Arg limit) =>
        limit is { Kind: ArgKind.Count, Value: 1 } ? "only once" : $"at most {Of(limit)} times";

    /// <summary>The names that come near one that is not known; nothing where none does.</summary>
    static string Near(in Finding finding, Func<Arg, string>? names)
    {
        var near = new[] { finding.A, finding.B, finding.C }.Where(static a => a.Kind == ArgKind.Drug)
            .Select(a => Of(a, names)).ToList();
        return near.Count == 0 ? ""
            : near.Count == 1 ? $"; the nearest name is {near[0]}"
            : $"; the nearest names are {string.Join(", ", near)}";
    }

    static string Named(string name, in Finding finding, Func<Arg, string>? names) => name switch
    {
        "0" => Of(finding.A, names),
        "1" => Of(finding.B, names),
        "2" => Of(finding.C, names),
        "3" => Of(finding.D, names),
        "2-3" => Of(Sum(finding.C, finding.D, -1)),
        "2+3" => Of(Sum(finding.C, finding.D, 1)),
        ":1" => finding.B.Kind == ArgKind.None ? "" : ": " + Of(finding.B, names),
        ",1" => Further(finding.B, names),
        ",2" => Further(finding.C, names),
        ",3" => Further(finding.D, names),
        "times" => Times(finding.D),
        "at" => At(finding.Source),
        "near" => Near(finding, names),
        "line" => finding.Place.Line.ToString(CultureInfo.InvariantCulture),
        "other" => finding.OtherLine.ToString(CultureInfo.InvariantCulture),
        _ when name.Contains('|', StringComparison.Ordinal) => Explained(name, finding, names),
        _ => "{" + name + "}",
    };

    /// <summary>
    /// What only a guide knows: <c>{fault|…}</c> what is wrong with a value, <c>{remedy|…}</c> what to do,
    /// <c>{codes|…}</c> which codes there are; the words after the bar where the finding does not say it. And
    /// <c>{found|: …}</c> what the element holds, in place of the dots; nothing where it is not quoted.
    /// </summary>
    static string Explained(string name, in Finding finding, Func<Arg, string>? names)
    {
        var bar = name.IndexOf('|', StringComparison.Ordinal);
        if (name[..bar] == "found") return finding.Found.IsNone ? ""
            : name[(bar + 1)..].Replace("…", finding.Found.ToString(), StringComparison.Ordinal);
        var arg = name[..bar] switch
        {
            "codes" when finding.A.Kind == ArgKind.Row => finding.A with { Kind = ArgKind.Codes },
            "remedy" when finding.D.Kind == ArgKind.Fault => finding.D with { Kind = ArgKind.Remedy },
            "fault" when finding.D.Kind == ArgKind.Fault => finding.D,
            _ => default,
        };
        var words = arg.Kind == ArgKind.None ? "" : Of(arg, names);
        return words.Length > 0 ? words : name[(bar + 1)..];
    }
}
