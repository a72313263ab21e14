using System.Text.RegularExpressions;

namespace Deltoid.Tests;

/// <summary>The rooms inside X12: floors of their own, and what a transaction set is known by.</summary>
public sealed partial class HouseTests
{
    /// <summary>
    /// How high a room of src/Deltoid/X12 is. It uses lower rooms only; the rooms of the sets do not see each other.
    /// The files that lie in X12 itself are above them all: they list the sets.
    /// </summary>
    static readonly Dictionary<string, int> RoomsOfX12 = new()
    {
        ["Segments"] = 1,
        ["Guides"] = 2,
        ["Envelope"] = 3,
        ["Claims"] = 4, ["Remittances"] = 4, ["Status"] = 4, ["Acknowledgments"] = 4, ["Inquiries"] = 4,
    };

    static IEnumerable<string> OfX12 =>
        Library.Where(static f => f.StartsWith("src/Deltoid/X12/", StringComparison.Ordinal));

    /// <summary>The room of a file of X12; null of one that lists the sets.</summary>
    static string? RoomOf(string file) => file.Split('/') is [_, _, _, var room, _, ..] ? room : null;

    [Fact]
    public void Every_room_of_X12_has_a_floor_and_a_namespace()
    {
        var faults = new List<string>();
        foreach (var file in OfX12)
        {
            var room = RoomOf(file);
            if (room is not null && !RoomsOfX12.ContainsKey(room)) faults.Add($"{file}: the room {room} has no floor");
            var space = room is null ? "namespace Deltoid.X12;" : $"namespace Deltoid.X12.{room};";
            if (!Repository.Read(file).Contains(space, StringComparison.Ordinal))
                faults.Add($"{file} has another namespace");
        }
        Empty(faults);
    }

    [Fact]
    public void Rooms_of_X12_use_lower_rooms_only()
    {
        var above = OfX12.Where(static f => RoomOf(f) is null).Select(static f => Path.GetFileNameWithoutExtension(f))
            .ToList();
        Assert.Contains("TransactionSets", above);
        var faults = new List<string>();
        foreach (var file in OfX12)
        {
            if (RoomOf(file) is not { } room) continue;
            var code = Repository.CodeOnly(Repository.Read(file));
            foreach (var (other, floor) in RoomsOfX12)
                if (other != room && floor >= RoomsOfX12[room] && Names(code, other))
                    faults.Add($"{file} uses {other}");
            foreach (var name in above)
                if (Regex.IsMatch(code, $@"(?<![.\w]){name}\b")) faults.Add($"{file} uses {name}");
        }
        Empty(faults);
    }

    /// <summary>
    /// Whether code names a room: in a using, by its whole name, or before the name of one of its files.
    /// </summary>
    static bool Names(string code, string room)
    {
        if (Regex.IsMatch(code, $@"\bX12\.{room}\b")) return true;
        var files = OfX12.Where(f => RoomOf(f) == room).Select(static f => Path.GetFileName(f).Split('.')[0])
            .Distinct();
        return Regex.IsMatch(code, $@"(?<![.\w]){room}\.({string.Join('|', files)})\b");
    }

    /// <summary>A number of a set in a text of C#, compared or switched on. The set's own room may write it.</summary>
    [Fact]
    public void Nothing_asks_for_the_number_of_a_set()
    {
        var faults = new List<string>();
        foreach (var file in Library)
        {
            var lines = Repository.Read(file).Split('\n');
            for (var i = 0; i < lines.Length; i++)
                if (AsksForNumber().IsMatch(lines[i])) faults.Add($"{file}:{i + 1} asks for the number of a set");
        }
        Empty(faults);
    }

    [GeneratedRegex(
        """(case|is|is not|==|!=|or|,) "(837|835|277|999|270|271|276|278|834|820)[A-Z]*"(u8)?(\)| *(=>|:|or|&&|\|\||;|\?))""")]
    private static partial Regex AsksForNumber();

    /// <summary>What a finding is, its kind says; the letters of its id decide nothing.</summary>
    [Fact]
    public void Nothing_decides_by_the_letters_of_an_id() =>
        Banned(Library, DecidesById(), "the letters of an id");

    [GeneratedRegex(@"\bInfo\.Id\.(StartsWith|Substring|\w*Contains)\(|\bInfo\.Id\[|\binfo\.Id\.StartsWith\(")]
    private static partial Regex DecidesById();
}
