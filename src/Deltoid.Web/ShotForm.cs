using System.Text.Json.Nodes;
using Deltoid.Store.Model;

namespace Deltoid.Web;

/// <summary>The fields of the chart screen, as they were typed. An empty one is not charted.</summary>
public sealed record ShotForm
{
    public long Patient { get; init; }

    public string Day { get; init; } = "";

    public string Drug { get; init; } = "";

    public string Dose { get; init; } = "";

    public string Route { get; init; } = "";

    public string Site { get; init; } = "";

    public string Ndc { get; init; } = "";

    public string Lot { get; init; } = "";

    public string Expires { get; init; } = "";

    public string Container { get; init; } = "";

    public string Holds { get; init; } = "";

    public string Discarded { get; init; } = "";

    public string Diagnosis { get; init; } = "";

    public string Indication { get; init; } = "";

    public string OrderBy { get; init; } = "";

    public string OrderOn { get; init; } = "";

    public bool Standing { get; init; }

    public string Supervision { get; init; } = "";

    /// <summary>Who gave it, in the chart's words: ma, rn, physician …</summary>
    public string Role { get; init; } = "";

    public string Observed { get; init; } = "";

    public string Response { get; init; } = "";

    /// <summary>What a treatment fills in; what is new each time (lot, site, response) stays empty.</summary>
    public static ShotForm Of(Treatment treatment, string day)
    {
        var given = JsonNode.Parse(treatment.Administration)!.AsObject();
        string Of(string name) => given[name]?.ToString() ?? "";
        return new()
        {
            Day = day, Drug = Of("drug"), Dose = Of("dose"), Route = Of("route"), Ndc = Of("ndc"),
            Container = Of("container"), Holds = Of("containerAmount"), Discarded = Of("discarded"),
            Indication = Of("indication"), Diagnosis = (given["diagnoses"] as JsonArray)?[0]?.ToString() ?? "",
        };
    }

    /// <summary>The administration of encounter JSON, of what was typed alone.</summary>
    public JsonObject Administration()
    {
        var given = new JsonObject();
        foreach (var (name, value) in new[]
            {
                ("drug", Drug), ("dose", Dose), ("route", Route), ("site", Site), ("ndc", Ndc), ("lot", Lot),
                ("expires", Expires), ("container", Container), ("containerAmount", Holds), ("discarded", Discarded),
                ("indication", Indication), ("response", Response),
            })
            if (!string.IsNullOrWhiteSpace(value)) given[name] = value.Trim();
        if (int.TryParse(Observed, out var minutes)) given["observed"] = minutes;
        if (!string.IsNullOrWhiteSpace(OrderBy))
        {
            var order = new JsonObject { ["by"] = OrderBy.Trim(), ["standing"] = Standing };
            if (!string.IsNullOrWhiteSpace(OrderOn)) order["on"] = OrderOn.Trim();
            given["order"] = order;
        }
        given["source"] = "stock";
        return given;
    }
}
