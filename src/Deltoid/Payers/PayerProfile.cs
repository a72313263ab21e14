using Deltoid.Values;

namespace Deltoid.Payers;

/// <summary>How a second injection of the same code is billed.</summary>
internal enum RepeatStyle : byte { XS, M59, Units, M76 }

internal enum SplitDoseStyle : byte { OneUnit, PerInjection }

internal enum UnsupervisedStyle : byte { NurseVisit, NotCovered }

internal enum WasteModifiers : byte { No, Jw, JwAndJz }

/// <summary>
/// What a payer asks for on a service date: dated setting rows layered every payer &lt; kind &lt; payer id, MAC or
/// state. Rows only say what was read; what no layer says has the default written at each property.
/// One that was made is not changed: threads may share it.
/// </summary>
public sealed class PayerProfile
{
    /// <summary>The kind of payer.</summary>
    public PayerKind Kind { get; init; }

    /// <summary>The Medicare contractor's short name (NGS), where the MAC or state is known; empty otherwise.</summary>
    public string Mac { get; private set; } = "";

    /// <summary>The two letters of the payer's state, where it is known; empty otherwise.</summary>
    public string State { get; private set; } = "";

    /// <summary>NCCI pairs and unit limits hold for this payer.</summary>
    public bool FollowsNcci { get; private set; } = true;

    /// <summary>How a second injection that is distinct is billed.</summary>
    internal RepeatStyle RepeatDistinct { get; private set; } = RepeatStyle.XS;

    internal RepeatStyle RepeatSame { get; private set; } = RepeatStyle.M76;

    internal SplitDoseStyle SplitDose { get; private set; }

    /// <summary>G0008 to G0010 instead of the CPT codes for giving a vaccine.</summary>
    public bool VaccineGCodes { get; private set; }

    internal UnsupervisedStyle Unsupervised { get; private set; }

    /// <summary>Live video counts as direct supervision of the staff.</summary>
    public bool TakesVideoSupervision { get; private set; }

    internal WasteModifiers Waste { get; private set; }

    /// <summary>A drug line without an NDC is refused.</summary>
    public bool NdcRequired { get; private set; }

    /// <summary>G0012 for an HIV-prevention injection instead of 96372.</summary>
    public bool PrepCode { get; private set; }

    /// <summary>G2211 is not paid beside a visit with modifier 25.</summary>
    public bool RestrictsComplexityAddOn { get; private set; }

    /// <summary>
    /// … unless the same-day service is an annual wellness visit, a vaccine or another Part B preventive service.
    /// </summary>
    public bool ComplexityAddOnBesidePreventive { get; private set; }

    /// <summary>Drugs that patients mostly take themselves are not paid.</summary>
    public bool ExcludesSelfAdministered { get; private set; }

    /// <summary>Some vaccines are paid by another plan of the patient (Part D).</summary>
    public bool HasPartD { get; private set; }

    /// <summary>Preventive visits of CPT are paid.</summary>
    public bool CoversPreventiveVisits { get; private set; } = true;

    /// <summary>
    /// How long after the service a claim may come, in months or days; none where the payer's limit is not known.
    /// </summary>
    internal FilingLimit Filing { get; private set; }

    readonly List<Code> routeModifierCodes = [];

    /// <summary>Whether the payer wants JA (by vein) or JB (under the skin) on this code.</summary>
    public bool NeedsRouteModifier(Code code) => routeModifierCodes.Contains(code);

    /// <summary>Some codes need JA or JB.</summary>
    public bool HasRouteModifierCodes => routeModifierCodes.Count > 0;

    /// <summary>TB, JG-or-TB or UD for a drug bought at the 340B price; empty when the payer asks for none.</summary>
    public string DiscountModifier { get; private set; } = "";

    /// <summary>SL where a state-supplied vaccine is marked; empty otherwise.</summary>
    public string StateVaccineModifier { get; private set; } = "";

    /// <summary>Medicare itself or a Medicare Advantage plan.</summary>
    public bool IsMedicare => Kind is PayerKind.Medicare or PayerKind.MedicareAdvantage;

    const string StatePrefix = "state:";

    /// <summary>How rows name a state, for <see cref="For"/>; blank for a state that is not known.</summary>
    public static string IdOfState(string state) => state.Length > 0 ? StatePrefix + state : "";

    /// <summary>The profile of a payer on a day.</summary>
    /// <param name="ids">What the payer is known by, from the general to the particular: <c>state:IL</c>, the MAC's
    /// number, the payer id. Blank ones say nothing.</param>
    internal static PayerProfile For(ReadOnlySpan<PayerSetting> rows, PayerKind kind, DateOnly day,
        params ReadOnlySpan<string> ids)
    {
        var profile = new PayerProfile { Kind = kind };
        profile.Apply(rows, PayerKind.None, "", day);
        profile.Apply(rows, kind, "", day);
        foreach (var id in ids)
        {
            if (id.StartsWith(StatePrefix, StringComparison.OrdinalIgnoreCase))
                profile.State = id[StatePrefix.Length..];
            if (id.Length > 0) profile.Apply(rows, kind, id, day);
        }
        return profile;
    }

    void Apply(ReadOnlySpan<PayerSetting> rows, PayerKind kind, string id, DateOnly day)
    {
        foreach (ref readonly var row in rows)
            if (row.Kind == kind && row.Dates.Contains(day) && row.Id.Equals(id, StringComparison.OrdinalIgnoreCase))
                Set(row.Setting, row.Value);
    }

    void Set(string setting, string value)
    {
        switch (setting)
        {
            case "mac": Mac = value; break;
            case "ncci": FollowsNcci = value == "yes"; break;
            case "repeat-distinct": RepeatDistinct = Style(value); break;
            case "repeat-same": RepeatSame = Style(value); break;
            case "split-dose":
                SplitDose = value == "per-injection" ? SplitDoseStyle.PerInjection : SplitDoseStyle.OneUnit;
                break;
            case "vaccine-administration": VaccineGCodes = value == "g-codes"; break;
            case "unsupervised":
                Unsupervised = value == "99211" ? UnsupervisedStyle.NurseVisit : UnsupervisedStyle.NotCovered;
                break;
            case "video-supervision": TakesVideoSupervision = value == "yes"; break;
            case "waste-modifiers":
                Waste = value switch
                {
                    "jw" => WasteModifiers.Jw,
                    "jw-jz" => WasteModifiers.JwAndJz,
                    _ => WasteModifiers.No
                };
                break;
            case "ndc": NdcRequired = value == "required"; break;
            case "prep": PrepCode = value == "G0012"; break;
            case "complexity-add-on":
                RestrictsComplexityAddOn = value.StartsWith("restricted", StringComparison.Ordinal);
                ComplexityAddOnBesidePreventive = value.EndsWith("preventive", StringComparison.Ordinal);
                break;
            case "self-administered": ExcludesSelfAdministered = value == "excluded"; break;
            case "part-d": HasPartD = value == "yes"; break;
            case "preventive-visit": CoversPreventiveVisits = value != "not-covered"; break;
            case "route-modifiers": SetRouteModifierCodes(value); break;
            case "timely-filing": Filing = FilingLimit.TryParse(value, out var limit) ? limit : default; break;
            case "discount-modifier": DiscountModifier = value; break;
            case "state-vaccine": StateVaccineModifier = value; break;
            default: throw new FormatException($"'{setting}' is not a setting of a payer profile");
        }
    }

    void SetRouteModifierCodes(string value)
    {
        routeModifierCodes.Clear();
        foreach (var part in value.AsSpan().Split(' '))
            if (Code.TryParse(value.AsSpan()[part], out var code)) routeModifierCodes.Add(code);
    }

    static RepeatStyle Style(string value) => value switch
    {
        "XS" => RepeatStyle.XS,
        "59" => RepeatStyle.M59,
        "76" => RepeatStyle.M76,
        "units" => RepeatStyle.Units,
        _ => throw new FormatException($"'{value}' is not a style of repeating a line"),
    };

    /// <summary>
    /// Whether a cell of payers names this one: blank is everyone, <c>-commercial</c> everyone else, <c>mac:NGS</c> a
    /// contractor, <c>medicaid:TX</c> one of a state.
    /// </summary>
    public bool IsNamedIn(string payers)
    {
        if (payers.Length == 0) return true;
        var named = false;
        var onlyExceptions = true;
        foreach (var part in payers.AsSpan().Split(' '))
        {
            var word = payers.AsSpan()[part];
            if (word.IsEmpty) continue;
            var except = word[0] == '-';
            if (except) word = word[1..];
            var match = word.StartsWith("mac:") ? word[4..].SequenceEqual(Mac) : IsKind(word);
            if (except)
            {
                if (match) return false;
                continue;
            }
            onlyExceptions = false;
            named |= match;
        }
        return named || onlyExceptions;
    }

    bool IsKind(ReadOnlySpan<char> word)
    {
        var colon = word.IndexOf(':');
        if (colon < 0) return word.SequenceEqual(Words.PayerKinds[Kind]);
        return word[..colon].SequenceEqual(Words.PayerKinds[Kind])
            && word[(colon + 1)..].Equals(State, StringComparison.OrdinalIgnoreCase);
    }
}
