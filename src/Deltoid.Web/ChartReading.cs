using Deltoid.Results;
using Deltoid.Store;
using Deltoid.Values;

namespace Deltoid.Web;

/// <summary>
/// A chart that is typed just now, as far as it can be read: a value that cannot is left out and asked about at its
/// field, and the rest of the visit is coded all the same. What is saved is never read so.
/// </summary>
/// <param name="Chart">Without what cannot be read.</param>
/// <param name="Unread">What cannot, each at its field; they hold the claim.</param>
sealed record ChartReading(ShotChart Chart, CodedVisit Coded, IReadOnlyList<Prompt> Unread)
{
    /// <summary>Values of a form that may be wrong at once.</summary>
    const int Most = 40;

    /// <exception cref="InputException">What cannot be read is no value of a shot.</exception>
    public static ChartReading Of(Engine engine, ShotChart chart)
    {
        var unread = new List<Prompt>();
        while (true)
            try
            {
                for (var i = 0; i < chart.Form.Shots.Count; i++) chart = Readable(chart, i, unread);
                return new(chart, engine.Code(Documents.Visit(chart.Document("PREVIEW"))), unread);
            }
            catch (InputException e) when (unread.Count < Most && Without(chart, e, unread) is { } rest)
            {
                chart = rest;
            }
    }

    /// <summary>The fields of a shot that the form itself reads: what ran, and how long.</summary>
    static ShotChart Readable(ShotChart chart, int index, List<Prompt> unread)
    {
        try
        {
            chart.Form.Shots[index].Administration(chart.Vials[index], chart.Before[index]);
            return chart;
        }
        catch (InputException e)
        {
            var (shot, isOfEnd) = (chart.Form.Shots[index], e.At == "Ended");
            unread.Add(PromptOf(isOfEnd ? "Stop" : "Paused", index, e));
            return With(chart, index, isOfEnd ? shot with { Stop = "", Paused = "" } : shot with { Paused = "" });
        }
    }

    /// <summary>The chart without the value at a place of its document; null where that is no field of a shot.
    /// </summary>
    static ShotChart? Without(ShotChart chart, InputException e, List<Prompt> unread)
    {
        if (e.At.Split('/', 4) is not ["", "administrations", var at, var name] || !int.TryParse(at, out var index)
            || index >= chart.Form.Shots.Count || chart.Vials[index] is not null && IsOfLabel(name)) return null;
        var shot = chart.Form.Shots[index];
        var (field, rest) = name switch
        {
            "dose" => ("Dose", shot with { Dose = "", Kept = "" }),
            "discarded" => ("Discarded", shot with { Discarded = "" }),
            "observed" => ("Observed", shot with { Observed = "" }),
            "start" => ("Start", shot with { Start = "", Paused = "" }),
            "stop" => ("Stop", shot with { Stop = "", Paused = "" }),
            "order/on" => ("Order", shot with { OrderOn = "" }),
            "ndc" => ("Ndc", shot with { Ndc = "" }),
            "lot" => ("LotText", shot with { Lot = "" }),
            "expires" => ("Expires", shot with { Expires = "" }),
            "containerAmount" => ("Holds", shot with { Holds = "" }),
            _ => ("", shot),
        };
        if (field.Length == 0 || rest == shot) return null;
        unread.Add(PromptOf(field, index, e));
        return With(chart, index, rest);
    }

    static bool IsOfLabel(string name) => name is "ndc" or "lot" or "expires" or "containerAmount";

    static Prompt PromptOf(string field, int index, InputException e) =>
        new($"{field}-{index}", AsShown.Wrong(e), true, "") { IsUnread = true };

    static ShotChart With(ShotChart chart, int index, ShotForm shot)
    {
        var shots = chart.Form.Shots.ToList();
        shots[index] = shot;
        return chart with { Form = chart.Form with { Shots = shots } };
    }
}
