using System.Buffers;
using System.Text.Json;
using Deltoid.Claims;
using Deltoid.Edits;
using Deltoid.Findings;
using Deltoid.Values;
using Deltoid.X12.Claims;
using Deltoid.X12.Envelope;

namespace Deltoid.Cli;

/// <summary>
/// Applies clerical fixes, reports each, and writes the claims to a file: as 837 those that were read from 837, as JSON
/// the others.
/// </summary>
sealed class FixedClaims(Terminal terminal, string path) : IDisposable
{
    readonly OutputFile output = OutputFile.Open(path);
    readonly List<Claim> asJson = [];
    ClaimWriter? asX12;

    /// <summary>Whether anything was changed.</summary>
    public bool Apply(Claim claim, FindingList findings)
    {
        var any = false;
        foreach (ref readonly var finding in findings.Span)
        {
            if (!Fixes.Apply(claim, finding)) continue;
            any = true;
            terminal.Error.WriteLine($"fixed {finding.Info.Id}"
                + $"{(finding.Place.Line > 0 ? $" on line {finding.Place.Line}" : "")}: "
                + $"{FindingText.Fix(finding)}");
        }
        return any;
    }

    public void Add(Claim claim)
    {
        if (claim.Source.Set == 0 ? asX12 is not null : asJson.Count > 0)
            throw new InputException("", "claims of an 837 and others do not go into one file", "fix them in two runs");
        if (claim.Source.Set == 0)
        {
            asJson.Add(claim);
            return;
        }
        asX12 ??= new ClaimWriter(new EnvelopeTerms());
        asX12.Write(claim);
        Flush(asX12);
    }

    void Flush(ClaimWriter writer)
    {
        OutputException.Write(output.Stream, writer.Output.Written);
        writer.Output.Clear();
    }

    /// <summary>Closes what is open in the file, which takes its name. Without a claim it stays as it was.</summary>
    public void Finish()
    {
        if (asX12 is null && asJson.Count == 0) return;
        if (asX12 is not null)
        {
            asX12.Finish();
            Flush(asX12);
        }
        else OutputException.Write(output.Stream, AsJson());
        output.Finish();
    }

    ReadOnlySpan<byte> AsJson()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            if (asJson.Count != 1) json.WriteStartArray();
            foreach (var claim in asJson) ClaimJson.Write(claim, json);
            if (asJson.Count != 1) json.WriteEndArray();
        }
        return buffer.WrittenSpan;
    }

    public void Dispose() => output.Dispose();
}
