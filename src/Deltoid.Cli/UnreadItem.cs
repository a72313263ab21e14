using System.Globalization;
using System.Text;
using Deltoid.Claims;
using Deltoid.Findings;
using Deltoid.Results;
using Deltoid.Values;
using Deltoid.X12;
using Deltoid.X12.Guides;

namespace Deltoid.Cli;

/// <summary>Why an item of a file, such as a claim, is not read whole, in words.</summary>
static class UnreadItem
{
    /// <summary>The reasons for the claims of a part of a set; none of a set without claims.</summary>
    public static List<string> In(SetReading reading, byte[] bytes, SetPart setPart)
    {
        var (reasons, about) = (new List<string>(), new FindingList());
        if (reading.Claim is null) return reasons;
        reading.Open(bytes, setPart);
        for (; reading.Next(about); about.Clear())
        {
            if (reading.Unread is not { } finding) continue;
            var error = ErrorOf(reading, finding);
            reasons.Add($"{error.At}: {error.Message}");
        }
        reading.SetFindings.Clear();
        return reasons;
    }

    /// <summary>
    /// With the place in the file; the claim is named by its number (CLM01), which is the provider's own.
    /// </summary>
    public static InputException ErrorOf(SetReading reading, in Finding finding)
    {
        var at = finding.Source;
        var place = string.Create(CultureInfo.InvariantCulture,
            $"interchange {at.Interchange}, group {at.Group}, set {at.Set}, segment {at.Segment}");
        var id = Encoding.UTF8.GetString(reading.UnitId);
        var reason = Sentence.Of(finding, reading.Claim ?? new Claim(), GuideNames.NameOf);
        return new InputException(place, $"claim {id} is not read whole: {reason}",
            FindingText.Fix(finding, GuideNames.NameOf));
    }
}
