using System.Globalization;
using System.Text.Json;
using Deltoid.Encounters;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Charting;

/// <summary>Administrations: one drug given, or prepared and not given.</summary>
public static partial class EncounterJson
{
    static void ReadAdministrations(ref JsonInput json, Encounter encounter)
    {
        for (json.EnterArray("""[ { "drug": "B12", "dose": "1000 mcg" } ]"""); json.NextItem();)
            ReadAdministration(ref json, encounter);
    }

    static void ReadAdministration(ref JsonInput json, Encounter encounter)
    {
        var given = new Administration();
        var at = new Spot(encounter, Part.Administration, encounter.Administrations.Count);
        encounter.Administrations.Add(given);
        Amount doseVolume = default;
        ulong seen = 0;
        json.EnterObject();
        while (json.NextField(AdministrationFields, ref seen, out var name))
        {
            var here = json;
            try
            {
                if (name == "dose") given.Dose = Dose(ref json, given, at, out doseVolume);
                else if (!ReadDrug(ref json, given, at, name) && !ReadGiving(ref json, given, at, name))
                    ReadCharting(ref json, given, at, name);
            }
            catch (InputException error)
            {
                json = here;
                json.PassOver(error);
            }
        }
        if (given.Volume.IsNone) given.Volume = doseVolume;
        // a volume of a known concentration is the dose, where no other is charted
        if (given.Dose.IsNone && !given.Concentration.IsNone) given.Dose = given.Volume;
    }

    /// <summary>What was given: the drug, its amount, its container.</summary>
    static bool ReadDrug(ref JsonInput json, Administration given, Spot at, string name)
    {
        switch (name)
        {
            case "id": given.Id = json.Text(); break;
            case "drug": given.Drug = json.Text(); break;
            case "hcpcs": given.Hcpcs = ServiceCode(ref json, at, Field.Hcpcs); break;
            case "container": given.Container = Word(ref json, Words.Containers, at, Field.Container); break;
            case "containerAmount": ReadContainerAmount(ref json, given, at); break;
            case "discarded": ReadDiscarded(ref json, given, at); break;
            case "concentration": ReadConcentration(ref json, given, at); break;
            case "volume": given.Volume = Volume(ref json, at); break;
            case "ndc": given.NdcText = json.Text(); break;
            case "lot": given.Lot = json.Text(); break;
            case "expires": given.Expires = Expires(ref json); break;
            case "source": given.Source = Word(ref json, Words.Sources, at, Field.Source); break;
            default: return false;
        }
        return true;
    }

    /// <summary>How, where, when and what for.</summary>
    static bool ReadGiving(ref JsonInput json, Administration given, Spot at, string name)
    {
        switch (name)
        {
            case "route": given.Route = Word(ref json, Words.Routes, at, Field.Route); break;
            case "site": given.Site = json.Text(); break;
            case "target": given.Target = json.Text(); break;
            case "purpose": given.Purpose = Word(ref json, Words.Purposes, at, Field.Purpose); break;
            case "diagnoses": Diagnoses(ref json, given.Diagnoses, at); break;
            case "start": given.Start = Time(ref json, at, Field.Start); break;
            case "stop": given.Stop = Time(ref json, at, Field.Stop); break;
            case "minutes": given.ChartedMinutes = Minutes(ref json, at, Field.Minutes); break;
            case "given": given.Given = YesNo(ref json, at, Field.Given); break;
            case "syringe": given.Syringe = json.Text(); break;
            case "splitDose": given.SplitDose = YesNo(ref json, at, Field.SplitDose); break;
            case "muscles": given.Muscles = Count(ref json, at, Field.Muscles); break;
            case "lesions": given.Lesions = Count(ref json, at, Field.Lesions); break;
            case "lastGiven": given.LastGiven = json.Date(); break;
            case "guidance": given.Guidance = json.Text(); break;
            default: return false;
        }
        return true;
    }

    /// <summary>What else the documentation checklist asks for.</summary>
    static void ReadCharting(ref JsonInput json, Administration given, Spot at, string name)
    {
        switch (name)
        {
            case "order": given.Order = ReadOrder(ref json, at); break;
            case "performer": ReadPerformer(ref json, given, at); break;
            case "needle": given.NeedleCharted = Charted(ref json); break;
            case "observed": given.ObservedMinutes = Minutes(ref json, at, Field.Observed); break;
            case "response": given.ResponseCharted = Charted(ref json); break;
            case "instructions": given.InstructionsCharted = Charted(ref json); break;
            case "consent": given.Consent = YesNo(ref json, at, Field.Consent); break;
            case "indication":
                if (json.Kind == JsonTokenType.String) given.Indication = json.Text();
                given.IndicationCharted = Charted(ref json);
                break;
            case "whyNotOral": given.WhyNotOralCharted = Charted(ref json); break;
            case "witness": given.WitnessCharted = Charted(ref json); break;
            case "notice": given.Notice = Word(ref json, Words.Notices, at, Field.Notice); break;
            case "checked": given.Checked = YesNo(ref json, at, Field.Checked); break;
            case "doseConfirmed": given.DoseConfirmed = YesNo(ref json, at, Field.Dose); break;
        }
    }

    /// <summary>A month alone means its last day (USP 7: a lot expires at the end of the month on its label).</summary>
    static DateOnly? Expires(ref JsonInput json)
    {
        var text = json.Text().AsSpan().Trim();
        if (text.IsEmpty) return null;
        if (Days.TryReadEither(text, out var day)) return day;
        if (DateOnly.TryParseExact(text, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month))
            return new DateOnly(month.Year, month.Month, DateTime.DaysInMonth(month.Year, month.Month));
        throw json.Wrong("this is neither a month nor a date", "write it as 2027-03 or 2027-03-31");
    }

    /// <summary>
    /// An order as an object; as a text, it is charted, and the bare words "standing order" name no one.
    /// </summary>
    static Order? ReadOrder(ref JsonInput json, Spot at)
    {
        if (json.Kind != JsonTokenType.StartObject)
        {
            var standing = json.Kind == JsonTokenType.String
                && json.Text().Trim().ToUpperInvariant() is "STANDING" or "STANDING ORDER" or "STANDING ORDERS";
            return Charted(ref json) ? new Order(!standing, null, standing) : null;
        }
        var order = new Order(false, null, false);
        ulong seen = 0;
        json.EnterObject();
        while (json.NextField(OrderFields, ref seen, out var name))
            order = name switch
            {
                "by" => order with { ByCharted = Charted(ref json) },
                "on" => order with { On = json.Date() },
                _ => order with { Standing = YesNo(ref json, at, Field.Order) ?? false },
            };
        return order;
    }

    static void ReadPerformer(ref JsonInput json, Administration given, Spot at)
    {
        if (json.Kind == JsonTokenType.StartObject)
        {
            ReadPerson(ref json, given, at);
            return;
        }
        if (json.Kind == JsonTokenType.String) given.Performer = RoleIn(json.Text());
        given.PerformerCharted = Charted(ref json);
    }

    /// <summary>
    /// A role word, the credential after the last comma of a name, or a title before it: <c>J. Doe, RN</c>, <c>Dr.
    /// Doe</c>.
    /// </summary>
    static StaffRole RoleIn(string text)
    {
        if (Words.Roles.TryRead(text, out var role)
            || Words.Roles.TryRead(text.AsSpan(text.LastIndexOf(',') + 1), out role))
            return role;
        var title = text.AsSpan().Trim();
        return title.IndexOf(' ') is > 0 and var end && Words.Roles.TryRead(title[..end], out role) ? role : default;
    }

    /// <summary>
    /// A performer as an object: <c>role</c> or <c>credential</c> is read; whatever else it holds only shows that
    /// someone is charted.
    /// </summary>
    static void ReadPerson(ref JsonInput json, Administration given, Spot at)
    {
        var seen = new HashSet<string>();
        json.EnterObject();
        while (json.NextName(seen))
        {
            var name = json.TextBytes();
            var isRole = name.SequenceEqual("role"u8) || name.SequenceEqual("credential"u8);
            json.AdvanceToValue();
            if (json.Kind == JsonTokenType.Null) continue;
            given.PerformerCharted = true;
            if (!isRole) json.Skip();
            else if (Word(ref json, Words.Roles, at, Field.Performer) is var role && role != default)
                given.Performer = role;
        }
    }
}
