using Deltoid.Claims;
using Deltoid.Findings;
using Deltoid.X12.Claims;
using Deltoid.X12.Envelope;

namespace Deltoid.Batch;

/// <summary>
/// The claims of a stream of 837, one after the other on one thread, and beside them what was found of no claim.
/// Memory does not grow with the stream.
/// </summary>
/// <param name="stream">Read once, from where it is to its end; the caller closes it.</param>
public sealed class ClaimSource(Stream stream)
{
    readonly BlockSource source = new(stream);
    readonly ClaimReader reader = new();
    readonly Claim claim = new();
    Block? block;
    int item;
    bool open;

    /// <summary>Findings about sets, groups, interchanges, in the order of the file.</summary>
    public List<(SourcePlace Place, FindingList Findings)> Others { get; } = [];

    /// <summary>Sets of 837 that were read, and others that were not.</summary>
    public int Sets { get; private set; }

    /// <summary>Transaction sets that are no 837, and what stands outside a set.</summary>
    public int Refused { get; private set; }

    /// <summary>The next claim, the same object filled again; null at the end. It holds until the next call.</summary>
    /// <param name="about">Cleared; gets what is wrong with the claim's segments.</param>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public Claim? Read(FindingList about)
    {
        about.Clear();
        while (true)
        {
            if (open && reader.Read(claim, about)) return claim;
            if (open)
                Keep(Others,
                    new(block!.Items[item - 1].SetPart!.Set.Interchange, block.Items[item - 1].SetPart!.Set.Group,
                        block.Items[item - 1].SetPart!.Set.Set, 0, 0, 0, 0, 0), reader.SetFindings);
            open = false;
            if (block is not null && item == block.Items.Count)
            {
                source.Return(block);
                block = null;
            }
            if (block is null)
            {
                if ((block = source.Next()) is null) return null;
                item = 0;
            }
            Take(block.Items.Count > 0 ? block.Items[item++] : default);
        }
    }

    void Take(in BlockItem next)
    {
        if (next.Part is { } part)
        {
            if (SetChoice.Claims.IsRead(part)) Sets++;
            else if (SetChoice.Claims.IsRefused(part)) Refused++;
            Keep(Others, part.Place, part.Findings);
        }
        else if (SetChoice.Claims.Of(next) is { } setPart)
        {
            reader.Open(block!.Bytes, setPart);
            open = true;
        }
    }

    static void Keep(List<(SourcePlace, FindingList)> others, in SourcePlace place, FindingList findings)
    {
        if (findings.Count == 0) return;
        var copy = new FindingList();
        copy.AddAll(findings);
        findings.Clear();
        others.Add((place, copy));
    }
}
