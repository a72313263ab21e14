using System.Globalization;
using System.Text.Json.Nodes;
using Deltoid.Store;
using Deltoid.Store.Model;
using Deltoid.Values;

namespace Deltoid.Web;

/// <summary>
/// The chart screen as it was typed: a visit with its shots. An empty field is not charted; a form that has no such
/// field at all reads as an empty one.
/// </summary>
public sealed record VisitForm
{
    /// <summary>Of this form: sent twice, it is charted once.</summary>
    public Guid Key { get; init; }

    /// <summary>The held claim that is completed, and the version that was read; 0 for a new one.</summary>
    public long Claim { get; init; }

    public int Version { get; init; }

    public long Patient { get; init; }

    /// <summary>The patient as typed: with no network nobody can be chosen.</summary>
    public string Who { get; init => field = value ?? ""; } = "";

    /// <summary>Where it was done, and who is billed for it; 0: the first of the practice.</summary>
    public long Location { get; init; }

    public long Provider { get; init; }

    /// <summary>yes or no: the patient was counseled on the vaccine.</summary>
    public string Counseled { get; init => field = value ?? ""; } = "";

    /// <summary>When it was last typed in, in milliseconds of the device: the later of two copies is the one to keep.
    /// </summary>
    public long Edited { get; init; }

    /// <summary>It was saved without a network: what was typed is looked up now.</summary>
    public bool Waited { get; init; }

    public string Day { get; init => field = value ?? ""; } = "";

    public string Supervision { get; init => field = value ?? ""; } = "";

    /// <summary>Who gave it, in the chart's words: ma, rn, physician …</summary>
    public string Role { get; init => field = value ?? ""; } = "";

    public List<ShotForm> Shots { get; init => field = value ?? []; } = [];

    /// <summary>What was pressed, on which shot, with which value: the fields are shown again.</summary>
    public string Act { get; init => field = value ?? ""; } = "";

    public int Index { get; init; }

    public string Value { get; init => field = value ?? ""; } = "";
}

/// <summary>One shot as it was typed.</summary>
public sealed record ShotForm
{
    public string Drug { get; init => field = value ?? ""; } = "";

    public string Dose { get; init => field = value ?? ""; } = "";

    /// <summary>The unusual dose that a person was asked about and keeps; of another one it says nothing.</summary>
    public string Kept { get; init => field = value ?? ""; } = "";

    public string Route { get; init => field = value ?? ""; } = "";

    public string Site { get; init => field = value ?? ""; } = "";

    /// <summary>A site that is not among the keys.</summary>
    public string SiteOther { get; init => field = value ?? ""; } = "";

    /// <summary>The vial from the stock; 0: none is chosen.</summary>
    public long LotId { get; init; }

    // a vial that is not in the stock
    public string Ndc { get; init => field = value ?? ""; } = "";

    public string Lot { get; init => field = value ?? ""; } = "";

    public string Expires { get; init => field = value ?? ""; } = "";

    public string Container { get; init => field = value ?? ""; } = "";

    public string Holds { get; init => field = value ?? ""; } = "";

    public string Discarded { get; init => field = value ?? ""; } = "";

    public string Witness { get; init => field = value ?? ""; } = "";

    // an infusion, or a push that is timed: HH:mm, and minutes in between in which it did not run
    public string Start { get; init => field = value ?? ""; } = "";

    public string Stop { get; init => field = value ?? ""; } = "";

    public string Paused { get; init => field = value ?? ""; } = "";

    /// <summary>A part of one ordered dose that was given in several sticks.</summary>
    public bool Split { get; init; }

    public string Diagnosis { get; init => field = value ?? ""; } = "";

    public string Indication { get; init => field = value ?? ""; } = "";

    public string OrderBy { get; init => field = value ?? ""; } = "";

    public string OrderOn { get; init => field = value ?? ""; } = "";

    public bool Standing { get; init; }

    public string Observed { get; init => field = value ?? ""; } = "";

    public string Response { get; init => field = value ?? ""; } = "";

    /// <summary>The patient knows what to look out for.</summary>
    public bool Instructed { get; init; }

    /// <summary>The date on the information sheet (VIS) of a vaccine that the patient got.</summary>
    public string Sheet { get; init => field = value ?? ""; } = "";

    /// <summary>It was offered, and the patient refused: nothing was given.</summary>
    public bool Refused { get; init; }

    /// <summary>It was held, or not given for another reason than that the patient refused.</summary>
    public bool Held { get; init; }

    internal bool IsNotGiven => Refused || Held;

    /// <summary>Into a vein: the site is where the line goes in, and no place of the body map.</summary>
    internal bool IsVein => Route.StartsWith("iv", Exactly);

    /// <summary>
    /// What is charted of a sheet begins so. The encounter has no field for the sheet: it is a part of what the patient
    /// was given to read and taught, so the date goes with the instructions.
    /// </summary>
    const string OfSheet = "VIS of ";

    /// <summary>The place that is charted: of the keys, or in words.</summary>
    internal string Place => SiteOther.Trim() is { Length: > 0 } other ? other : Site.Trim();

    /// <summary>What a treatment or a saved administration fills in.</summary>
    internal static ShotForm Of(JsonObject given)
    {
        string Text(string name) => given[name]?.ToString() ?? "";
        var (site, order) = (Text("site"), given["order"] as JsonObject);
        var isKey = Sites.IsKey(site) && !Text("route").StartsWith("iv", Exactly);
        var isNotGiven = given["given"] is JsonValue value && value.TryGetValue<bool>(out var isGiven) && !isGiven;
        var isHeld = isNotGiven && Text("response").StartsWith(AsHeld, Exactly);
        return new()
        {
            Drug = Text("drug"), Dose = Text("dose"), Route = Text("route"), Site = isKey ? site : "",
            SiteOther = isKey ? "" : site, Ndc = Text("ndc"), Lot = Text("lot"), Expires = Text("expires"),
            Container = Text("container"), Holds = Text("containerAmount"), Discarded = Text("discarded"),
            Witness = Text("witness"), Indication = Text("indication"), Observed = Text("observed"),
            Diagnosis = (given["diagnoses"] as JsonArray)?[0]?.ToString() ?? "", 
            Response = isHeld ? Text("response")[AsHeld.Length..].TrimStart(':', ' ') : Text("response"),
            Instructed = given["instructions"] is { } said && !said.ToString().StartsWith(OfSheet, Exactly)
                || Text("instructions").EndsWith(Taught, Exactly),
            Sheet = Text("instructions").StartsWith(OfSheet, Exactly)
                ? Text("instructions")[OfSheet.Length..].Replace(Taught, "", Exactly) : "",
            Refused = isNotGiven && !isHeld, Held = isHeld,
            OrderBy = order?["by"]?.ToString() ?? "",
            OrderOn = order?["on"]?.ToString() ?? "", Standing = order?["standing"]?.GetValue<bool>() ?? false,
            Start = Text("start"), Stop = Text("stop"), Split = given["splitDose"]?.GetValue<bool>() ?? false,
            Kept = given["doseConfirmed"]?.GetValue<bool>() == true ? Text("dose") : "",
            Paused = Length(Text("start"), Text("stop")) is { } length && int.TryParse(Text("minutes"), out var ran)
                && length > ran ? (length - ran).ToString(CultureInfo.InvariantCulture) : "",
        };
    }

    /// <summary>Minutes from one time to another, over midnight too; null where one of them is no time.</summary>
    internal static int? Length(string start, string stop) =>
        TimeOnly.TryParse(start, CultureInfo.InvariantCulture, out var from)
            && TimeOnly.TryParse(stop, CultureInfo.InvariantCulture, out var to) ? (int)(to - from).TotalMinutes : null;

    /// <summary>A usual treatment: the vial, the site and the response are new each time.</summary>
    internal static ShotForm Of(Treatment treatment) =>
        Of(JsonNode.Parse(treatment.Administration)!.AsObject()) with
        {
            Ndc = "", Lot = "", Expires = "", Container = "", Holds = "", Discarded = "", Site = "", SiteOther = "",
            Sheet = "", Refused = false, Held = false,
        };

    /// <summary>The administration of encounter JSON: what was typed, and what the label of the vial says.</summary>
    /// <param name="from">The vial; null: none of the stock.</param>
    /// <param name="last">The day on which the patient had this drug before.</param>
    internal JsonObject Administration(Lot? from, DateOnly? last)
    {
        var given = new JsonObject();
        foreach (var (name, value) in new[]
            {
                ("drug", Drug), ("dose", Dose), ("route", Route), ("site", Place), ("discarded", Discarded),
                ("witness", Witness), ("indication", Indication), ("response", Response), ("start", Start),
                ("stop", Stop), ("observed", Observed),
            })
            Put(given, name, value);
        if (Split) given["splitDose"] = true;
        if (Kept.Trim().Length > 0 && Kept.Trim() == Dose.Trim()) given["doseConfirmed"] = true;
        if (Ran is { } minutes) given["minutes"] = minutes;
        if (from is not null) PutLabel(given, from);
        else
        {
            foreach (var (name, value) in new[]
                {
                    ("ndc", Ndc), ("lot", Lot), ("expires", Month(Expires)), ("container", Container),
                    ("containerAmount", Holds),
                })
                Put(given, name, value);
            given["source"] = "stock";
        }
        if (IsNotGiven) given["given"] = false;
        if (Held && !Refused)
            given["response"] = Response.Trim() is { Length: > 0 } said ? $"{AsHeld}: {said}" : AsHeld;
        if (Sheet.Trim() is { Length: > 0 } sheet) given["instructions"] = OfSheet + sheet + (Instructed ? Taught : "");
        else if (Instructed) given["instructions"] = true;
        if (Diagnosis.Trim() is { Length: > 0 } diagnosis) given["diagnoses"] = new JsonArray(diagnosis);
        if (last is { } before) given["lastGiven"] = before.Iso();
        if (!string.IsNullOrWhiteSpace(OrderBy))
        {
            var order = new JsonObject { ["by"] = OrderBy.Trim(), ["standing"] = Standing };
            Put(order, "on", OrderOn);
            given["order"] = order;
        }
        return given;
    }

    /// <summary>What is charted of a shot that was held begins so.</summary>
    const string AsHeld = "held";

    const StringComparison Exactly = StringComparison.Ordinal;

    /// <summary>After the date of a sheet: the patient was taught too.</summary>
    const string Taught = "; taught";

    /// <summary>Nothing that an office gives runs longer past midnight: the two times are turned around.</summary>
    const int LongestPastMidnight = 720;

    bool IsBackwards => TimeOnly.TryParse(Start, CultureInfo.InvariantCulture, out var from)
        && TimeOnly.TryParse(Stop, CultureInfo.InvariantCulture, out var to) && to < from;

    /// <summary>How long it ran into the next day, in minutes; null where it did not.</summary>
    internal int? RanPastMidnight => IsBackwards ? Length(Start, Stop) : null;

    /// <summary>The minutes that it ran, where pauses were typed; null where start and stop say it.</summary>
    /// <exception cref="InputException">What was typed is no time between the two.</exception>
    int? Ran
    {
        get
        {
            if (Length(Start, Stop) == 0 && Route == "iv-infusion")
                throw new InputException("Ended", "it began and ended at the same time", "write when it ended");
            if (IsBackwards && Length(Start, Stop) > LongestPastMidnight)
                throw new InputException("Ended", $"it ended at {Stop.Trim()}, before it began at {Start.Trim()}",
                    "look at both times");
            if (Paused.Trim().Length == 0) return null;
            if (Length(Start, Stop) is not { } length)
                throw new InputException("Minutes paused", "when it began or ended is missing", "write both times");
            return int.TryParse(Paused, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite,
                    CultureInfo.InvariantCulture, out var pause) && pause < length ? length - pause
                : throw new InputException("Minutes paused", "this is no number of minutes between beginning and end",
                    "write the minutes in which it did not run, such as 10");
        }
    }

    /// <summary>A month as labels have it, 8/2027, as the encounter has it; anything else as it was typed.</summary>
    static string Month(string typed) =>
        DateOnly.TryParseExact(typed.Trim(), ["M/yyyy", "MM/yyyy"], CultureInfo.InvariantCulture, DateTimeStyles.None,
            out var month) ? month.ToString("yyyy-MM", CultureInfo.InvariantCulture) : typed;

    static void Put(JsonObject to, string name, string value)
    {
        if (!string.IsNullOrWhiteSpace(value)) to[name] = value.Trim();
    }

    static void PutLabel(JsonObject given, Lot lot)
    {
        given["ndc"] = lot.Ndc;
        given["lot"] = lot.Number;
        given["expires"] = lot.Expires.Iso();
        given["container"] = lot.Container;
        given["containerAmount"] = Stock.Shown(lot.Holds, lot.Unit);
        if (lot.Volume > 0 && Amount.UnitOf(lot.Unit) is not (MeasureUnit.Ml or MeasureUnit.L)) // else it has none
            given["concentration"] = $"{Stock.Shown(lot.Holds, lot.Unit)}/{Stock.Shown(lot.Volume, "mL")}";
        given["source"] = lot.Source switch
        {
            StockSource.Vfc => "vfc", StockSource.Discount340B => "340b", StockSource.Specialty => "specialty-pharmacy",
            StockSource.Patient => "patient-supplied", StockSource.Sample => "sample", _ => "stock",
        };
    }
}

/// <summary>The places of the body that are keys and are on the map.</summary>
static class Sites
{
    /// <summary>Left and right are the patient's; x and y place the spot on the map, seen from the front.</summary>
    public static readonly (string Name, int X, int Y)[] Keys =
    [
        ("left deltoid", 132, 78), ("right deltoid", 48, 78), ("left ventrogluteal", 112, 158),
        ("right ventrogluteal", 68, 158), ("left vastus lateralis", 110, 210), ("right vastus lateralis", 70, 210),
        ("left abdomen", 102, 132), ("right abdomen", 78, 132), ("left upper arm", 138, 104),
        ("right upper arm", 42, 104),
    ];

    /// <summary>The same place on the other side; empty where it has none among the keys.</summary>
    public static string OtherSide(string site) => !IsKey(site) ? ""
        : site.StartsWith("left", StringComparison.Ordinal) ? "right" + site[4..] : "left" + site[5..];

    public static bool IsKey(string site) => Array.Exists(Keys, k => k.Name == site);
}
