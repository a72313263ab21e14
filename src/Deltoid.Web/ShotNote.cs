using System.Text;
using System.Text.Json.Nodes;
using Deltoid.Store.Model;

namespace Deltoid.Web;

/// <summary>
/// The note of a visit as text for any record: what was charted and what the label says, and nothing else. What is not
/// charted is not in it.
/// </summary>
static class ShotNote
{
    public static string Of(ShotChart chart)
    {
        var note = new StringBuilder();
        note.Append($"{chart.Patient.Given} {chart.Patient.Family}, born {AsShown.Day(chart.Patient.BirthDate)}. ")
            .Append(ChartViews.DayOf(chart.Form) is { } day ? $"{AsShown.Day(day)}, " : "")
            .Append($"{chart.Location.Name}.\n");
        for (var i = 0; i < chart.Form.Shots.Count; i++)
            Shot(note, chart.Form.Shots[i], chart.Form.Shots[i].Administration(chart.Vials[i], chart.Before[i]),
                chart.Vials[i], chart.Before[i]);
        Line(note, "Given by", Role(chart.Form.Role));
        Line(note, "Supervision", chart.Form.Supervision switch
        {
            "on-site" => "a supervising practitioner was in the suite",
            "video" => "a supervising practitioner was present by live video",
            "general" => "a supervising practitioner could be reached",
            "none" => "none",
            _ => "",
        });
        Line(note, "Counseling on the vaccine", chart.Form.Counseled);
        return note.ToString();
    }

    static void Shot(StringBuilder note, ShotForm shot, JsonObject given, Lot? vial, DateOnly? before)
    {
        string Text(string name) => given[name]?.ToString() ?? "";
        note.Append('\n').Append(shot.Refused ? "Not given, the patient refused: " : shot.Held ? "Not given: " : "");
        note.Append(string.Join(", ", new[]
        {
            Text("drug"), Text("dose"), Route(Text("route")), Text("site"),
        }.Where(static t => t.Length > 0))).Append(".\n");
        Line(note, "Vial", string.Join(", ", new[]
        {
            Text("container"), Text("containerAmount"), Prefixed("NDC ", PackageScan.Hyphenated(Text("ndc"))),
            Prefixed("lot ", Text("lot")),
            vial is null ? Prefixed("expires ", Text("expires")) : $"expires {AsShown.Day(vial.Expires)}",
        }.Where(static t => t.Length > 0)));
        if (Text("start").Length + Text("stop").Length > 0)
            Line(note, "Ran", Text("start") + " to " + Text("stop")
                + (given["minutes"] is { } ran ? $", {ran} minutes without pauses" : ""));
        if (given["doseConfirmed"] is not null) Line(note, "Dose", "outside of what is usual; asked about and meant");
        if (shot.Split) Line(note, "Dose", "a part of one ordered dose");
        Line(note, "Thrown away", Text("discarded") + Prefixed(", seen by ", Text("witness")));
        Line(note, "Reason", string.Join(", ", new[] { shot.Diagnosis.Trim(), Text("indication") }
            .Where(static t => t.Length > 0)));
        if (given["order"] is JsonObject order)
            Line(note, "Order", (shot.Standing ? "standing order of " : "") + order["by"]
                + (DateOnly.TryParse(order["on"]?.ToString(), out var on) ? $", {AsShown.Day(on)}" : ""));
        if (before is { } last) Line(note, "Last given", AsShown.Day(last));
        Line(note, "Observed", Text("observed").Length > 0 ? Text("observed") + " minutes" : "");
        Line(note, "After the shot", Text("response"));
        if (DateOnly.TryParse(shot.Sheet, out var sheet))
            Line(note, "Information sheet (VIS)", $"of {AsShown.Day(sheet)}");
        if (shot.Instructed) Line(note, "Teaching", "the patient knows what to look out for");
    }

    static string Prefixed(string before, string text) => text.Length > 0 ? before + text : "";

    static void Line(StringBuilder note, string name, string text)
    {
        if (text.Length > 0) note.Append($"{name}: {text}.\n");
    }

    internal static string Route(string word) => word switch
    {
        "im" => "into muscle (IM)", "sc" => "under the skin (SC)", "iv-push" => "IV push",
        "iv-infusion" => "IV infusion", "intradermal" => "into the skin", "intra-articular" => "into a joint",
        _ => word.Replace('-', ' '),
    };

    static string Role(string word) => word switch
    {
        "ma" => "medical assistant", "lpn" => "licensed practical nurse", "rn" => "registered nurse",
        "np" => "nurse practitioner", "pa" => "physician assistant",
        "patient" => "the patient", "caregiver" => "a caregiver at home", _ => word,
    };
}
