using System.Globalization;
using Deltoid.Binding;
using Deltoid.Claims;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.PayerRules;

/// <summary>The fields that a condition may name: those of the claim here, those of the chart beside it.</summary>
internal static partial class RuleFields
{
    public static IReadOnlyList<RuleField> All { get; } = [.. OfClaim(), .. OfChart()];

    public static RuleField? Find(string word)
    {
        foreach (var field in All)
            if (field.Word == word) return field;
        return null;
    }

    public static RuleField Code { get; } = Find("code")!;

    public static RuleField Payer { get; } = Find("payer")!;

    public static RuleField PayerKind { get; } = Find("payer-kind")!;

    public static RuleField Setting { get; } = Find("setting")!;

    static IEnumerable<RuleField> OfClaim() =>
    [
        Text("payer", "payer is 60054", "the payer's id", static c => c.Claim[ClaimText.PayerId], Field.PayerId),
        Text("payer-name", "payer-name is \"BLUE PLAN\"", "the payer's name",
            static c => c.Claim[ClaimText.PayerName], Field.Payer),
        One("payer-kind", "payer-kind is medicare", "the kind of payer",
            static (c, _) => c.Payer.Kind == Values.PayerKind.None ? null : (long)c.Payer.Kind,
            Word(Words.PayerKinds), Field.PayerKind),
        Text("plan", "plan is GOLD*", "the plan's name", static c => c.Claim[Party.Subscriber, PartyField.Plan]),
        Text("group", "group is 12345", "the number of the subscriber's group",
            static c => c.Claim[Party.Subscriber, PartyField.Group]),
        Text("state", "state is IL WI", "the state where the service was given",
            static c => ClaimPayers.StateOf(c.Claim)),
        One("setting", "setting is facility", "whose claim it is", static (c, _) => SettingOf(c),
            Word(Words.Settings), Field.None) with { CanBeMissing = false },
        One("frequency", "frequency is 7", "1 original, 7 replacement, 8 void", static (c, _) => c.Claim.Frequency,
            OneDigit, Field.Frequency) with { CanBeMissing = false },
        Text("authorization", "authorization is missing", "the number of the prior authorization",
            static c => c.Claim[ClaimText.PriorAuthorization], Field.PriorAuthorization),
        Text("taxonomy", "taxonomy is 207R*", "the kind of provider: the rendering provider's, else the billing one's",
            static c => TaxonomyOf(c.Claim)),
        Text("npi", "npi is 1234567893", "who bills", static c => c.Claim[Party.Billing, PartyField.Npi],
            Field.BillingNpi),
        Text("rendering", "rendering is missing", "the NPI of who treated",
            static c => c.Claim[Party.Rendering, PartyField.Npi], Field.RenderingNpi),
        Text("supervising", "supervising is missing", "the NPI of who supervised",
            static c => c.Claim[Party.Supervising, PartyField.Npi], Field.SupervisingNpi),
        Number("age", "age under 18", "the patient's age in years on the day", AgeOf, Whole, Field.SubscriberBirthDate),
        One("sex", "sex is F", "the patient's sex", static (c, _) => SexOf(c), Word(Words.Sexes), Field.SubscriberSex),
        Number("total", "total over 1000.00", "the charge of the claim", static (c, _) => c.Claim.Charge?.Cents,
            Dollars, Field.Charge),
        One("code", "code is 96372 J0000-J9999", "the line's code", static (c, i) => CodeAt(c.CodeOf(i)), CodesOf,
            Field.Code),
        new("beside", RuleForm.OneOf, "beside is not 96372", "the codes of the other lines of that day", Beside,
            CodesOf) { CanBeMissing = false },
        One("place", "place is 11 19", "the place of service", static (c, i) => CodeAt(c.PlaceOf(i)), PlaceOf,
            Field.PlaceOfService),
        new("modifier", RuleForm.OneOf, "modifier is not JZ", "any modifier of the line", ModifiersOf, OneModifier)
        {
            Points = Field.Modifiers,
        },
        One("modifiers", "modifiers are 25-59", "all modifiers of the line in their order, or none",
            static (c, i) => (long)c.ModifiersOf(i).Packed, AllModifiers, Field.Modifiers)
            with { CanBeMissing = false },
        new("diagnosis", RuleForm.OneOf, "diagnosis is D51 C00-C96",
            "a diagnosis that the line points to, or how it begins", Diagnoses, DiagnosesOf)
        {
            Points = Field.Pointers,
        },
        One("first-diagnosis", "first-diagnosis is Z51.11", "the first diagnosis that the line points to",
            static (c, i) => Pointed(c, i, 0), DiagnosesOf, Field.Pointers),
        Number("units", "units over 60", "the units of the line",
            static (c, i) => c.Line(i).Units.Thousandths, Units, Field.Units) with { CanBeMissing = false },
        Number("charge", "charge over 500.00", "the charge of the line", static (c, i) => c.Line(i).Charge?.Cents,
            Dollars, Field.Charge),
        Presence("ndc", "ndc is missing", "an NDC that reads", static (c, i) => !c.Line(i).Ndc.IsNone, Field.Ndc),
        Presence("narrative", "narrative is missing", "the words of the line",
            static (c, i) => !c.Claim[c.Line(i).Narrative].IsEmpty, Field.Narrative),
        One("revenue", "revenue is 0636", "the revenue code of a facility's line",
            static (c, i) => CodeAt(c.Line(i).RevenueCode), OfLength(4), Field.RevenueCode),
    ];

    static RuleField One(string word, string example, string says, Func<BoundClaim, int, long?> value, ReadValue read,
        Field points) =>
        new(word, RuleForm.OneOf, example, says,
            (claim, line, values) => RuleField.Of(value(claim, line), values), read)
        {
            Points = points,
        };

    static RuleField Number(string word, string example, string says, Func<BoundClaim, int, long?> value,
        ReadValue read, Field points) =>
        One(word, example, says, value, read, points) with { Form = RuleForm.Number };

    static RuleField Presence(string word, string example, string says, Func<BoundClaim, int, bool> isThere,
        Field points) =>
        new(word, RuleForm.Presence, example, says,
            (claim, line, _) => isThere(claim, line) ? Seen.Outside : Seen.Unsaid, null) { Points = points };

    delegate ReadOnlySpan<byte> TextOf(BoundClaim claim);

    static RuleField Text(string word, string example, string says, TextOf text, Field points = Field.Code) =>
        new(word, RuleForm.Text, example, says, (claim, _, values) => RuleField.Of(text(claim), values), null)
        {
            Points = points,
        };

    static ReadOnlySpan<byte> TaxonomyOf(Claim claim) =>
        claim[Party.Rendering, PartyField.Taxonomy] is { IsEmpty: false } own ? own
            : claim[Party.Billing, PartyField.Taxonomy];

    /// <summary>A claim that does not say it is the professional's.</summary>
    static long SettingOf(BoundClaim claim) =>
        (long)(claim.IsFacilityClaim ? Values.Setting.Facility : Values.Setting.Professional);

    static long? SexOf(BoundClaim claim) =>
        claim.Claim.Sex != Sex.None ? (long)claim.Claim.Sex
            : claim.Encounter is { Sex: not Sex.None } chart ? (long)chart.Sex
            : null;

    static long? AgeOf(BoundClaim claim, int line)
    {
        var day = claim.Day(line);
        if ((claim.Claim.BirthDate ?? claim.Encounter?.BirthDate) is not { } born || born > day) return null;
        var years = day.Year - born.Year;
        return born.AddYears(years) > day ? years - 1 : years;
    }

    static long? CodeAt(Code code) => code.IsNone ? null : (long)code.Packed;

    static Seen Beside(BoundClaim claim, int line, RuleValues values)
    {
        var seen = Seen.Nothing;
        for (var i = 0; i < claim.Count; i++)
            if (i != line && claim.Day(i) == claim.Day(line)) seen |= RuleField.Of(CodeAt(claim.CodeOf(i)), values);
        return seen;
    }

    static Seen ModifiersOf(BoundClaim claim, int line, RuleValues values)
    {
        var (seen, modifiers) = (Seen.Nothing, claim.ModifiersOf(line));
        for (var i = 0; i < modifiers.Count; i++) seen |= RuleField.Of(modifiers[i].Packed, values);
        return seen;
    }

    /// <summary>A line without a pointer does not say what it was for.</summary>
    static Seen Diagnoses(BoundClaim claim, int line, RuleValues values)
    {
        var (seen, count) = (Seen.Nothing, claim.Line(line).Pointers.Count);
        for (var i = 0; i < count; i++) seen |= RuleField.Of(Pointed(claim, line, i), values);
        return count == 0 ? Seen.Unsaid : seen;
    }

    /// <summary>The diagnosis of a pointer; null where there is none.</summary>
    static long? Pointed(BoundClaim claim, int line, int index)
    {
        var pointers = claim.Line(line).Pointers;
        if (index >= pointers.Count || pointers[index] > claim.Claim.DiagnosisCount) return null;
        return CodeAt(claim.Claim.Diagnoses[pointers[index] - 1]);
    }

    static ReadValue Word<T>(Vocabulary<T> words) where T : struct, Enum => text =>
        words.TryRead(text, out var value) && Convert.ToInt64(value, CultureInfo.InvariantCulture) is > 0 and var number
            ? new(number, number)
            : null;

    static RuleRange? Whole(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new(number, number)
            : null;

    static RuleRange? OneDigit(string text) =>
        text.Length == 1 && char.IsAsciiDigit(text[0]) ? new(text[0], text[0]) : null;

    static RuleRange? Units(string text) =>
        Quantity.TryParse(text, out var units) && units.Thousandths >= 0
            ? new(units.Thousandths, units.Thousandths)
            : null;

    static RuleRange? Dollars(string text) =>
        Money.TryParse(text, out var money) && money.Cents >= 0 ? new(money.Cents, money.Cents) : null;

    /// <summary>One code, a run of codes (<c>J0000-J9999</c>), or how they begin (<c>J1*</c>).</summary>
    static RuleRange? CodesOf(string text)
    {
        if (text.EndsWith('*'))
            return text.Length is > 1 and <= 5 && Values.Code.TryParse(text.AsSpan()[..^1], out var beginning)
                ? RuleValues.Beginning(beginning)
                : null;
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        if (dash < 0) return OfLength(5)(text);
        return OfLength(5)(text[..dash]) is { } low && OfLength(5)(text[(dash + 1)..]) is { } high
            && low.Low <= high.Low
            ? new(low.Low, high.Low)
            : null;
    }

    static ReadValue OfLength(int length) => text =>
        Values.Code.TryParse(text.AsSpan(), out var code) && code.Length == length
            ? new((long)code.Packed, (long)code.Packed)
            : null;

    static RuleRange? PlaceOf(string text) =>
        text.Length == 2 && char.IsAsciiDigit(text[0]) && char.IsAsciiDigit(text[1]) ? OfLength(2)(text) : null;

    /// <summary>How a diagnosis begins, or a run of such beginnings (<c>C00-C96</c>).</summary>
    static RuleRange? DiagnosesOf(string text)
    {
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        if (dash < 0) return OneDiagnosis(text);
        return OneDiagnosis(text[..dash]) is { } low && OneDiagnosis(text[(dash + 1)..]) is { } high
            && low.Low <= high.Low
            ? new(low.Low, high.High)
            : null;
    }

    static RuleRange? OneDiagnosis(string text) =>
        Values.Code.TryParse(text.AsSpan().TrimEnd('*'), out var code) && code.Length is >= 1 and <= 7
            && char.IsAsciiLetter(code[0])
            ? RuleValues.Beginning(code)
            : null;

    static RuleRange? OneModifier(string text) =>
        text.Length == 2 && Modifier.TryParse(text.AsSpan(), out var modifier)
            ? new(modifier.Packed, modifier.Packed)
            : null;

    /// <summary><c>none</c>, or all of a line's modifiers in their order: <c>25-59</c>.</summary>
    static RuleRange? AllModifiers(string text)
    {
        var all = default(Modifiers);
        if (text == "none") return new(0, 0);
        foreach (var part in text.Split('-'))
        {
            if (part.Length != 2 || !Modifier.TryParse(part.AsSpan(), out var modifier) || all.Count == Modifiers.Max)
                return null;
            all = all.With(modifier);
        }
        return new((long)all.Packed, (long)all.Packed);
    }
}
