using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Deltoid.Batch;
using Deltoid.Claims;
using Deltoid.Findings;
using Deltoid.X12.Claims;
using Deltoid.X12.Envelope;

namespace Deltoid.Bench;

/// <summary>
/// Writing 837P on one core, in time of the processor: claims as they were read, claims with one field changed, and
/// claims of JSON that never were X12. On a machine where others work too, wall time says little.
/// </summary>
static class WriteBench
{
    /// <summary>So few that they stay near the processor, as the one claim does that a worker refills.</summary>
    const int Count = 500;

    const int Passes = 40, Rounds = 15;

    static readonly EnvelopeTerms Terms = new()
    {
        Sender = "OAKSTREET", Receiver = "PAYER", ContactName = "Billing", Day = new(2026, 3, 5), Time = new(9, 30)
    };

    public static void Run()
    {
        var file = ClaimFiles.Usual(Count);
        var read = Read(file);
        var changed = Read(file);
        foreach (var claim in changed) claim.Charge = claim.Charge;
        var lines = Read(file);
        foreach (var claim in lines) claim.EditLines();
        var made = Read(file).ConvertAll(OfJson);
        for (var turn = 0; turn < 2; turn++)
        {
            Time("as they were read", read);
            Time("with one field changed", changed);
            Time("with a line changed", lines);
            Time("of JSON, no segments kept", made);
        }
    }

    static void Write(ClaimWriter writer, List<Claim> claims)
    {
        foreach (var claim in claims)
        {
            writer.Write(claim);
            if (writer.Output.Written.Length > 1 << 18) writer.Output.Clear();
        }
    }

    static List<Claim> Read(byte[] file)
    {
        var (source, about, claims) = (new ClaimSource(new MemoryStream(file)), new FindingList(), new List<Claim>());
        while (source.Read(about) is { } claim) claims.Add(claim.Detach());
        return claims;
    }

    static Claim OfJson(Claim claim)
    {
        var (bytes, back) = (new ArrayBufferWriter<byte>(), new Claim());
        claim.KeepOnly(0);
        using (var json = new Utf8JsonWriter(bytes)) ClaimJson.Write(claim, json);
        ClaimJson.Read(bytes.WrittenSpan.ToArray(), back);
        return back;
    }

    static void Time(string what, List<Claim> claims)
    {
        var best = TimeSpan.MaxValue;
        long written = 0, allocated = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var (writer, before) = (new ClaimWriter(Terms), GC.GetAllocatedBytesForCurrentThread());
            var start = Environment.CpuUsage.TotalTime;
            for (var pass = 0; pass < Passes; pass++) Write(writer, claims);
            writer.Finish();
            var spent = Environment.CpuUsage.TotalTime - start;
            (written, allocated) = (writer.Output.Place, GC.GetAllocatedBytesForCurrentThread() - before);
            if (spent < best) best = spent;
        }
        var seconds = (decimal)best.Ticks / TimeSpan.TicksPerSecond;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{what,-28} {written / seconds / 1e6m,7:N0} MB/s "
                + $"{Count * Passes / seconds / 1_000,8:N0} k claims/s "
                + $"{allocated / (Count * Passes),6:N0} B a claim"));
    }
}
