using System.Globalization;
using Deltoid.Batch;

namespace Deltoid.Cli;

/// <summary>
/// Reports on standard error, once a second, how a long run proceeds: claims, claims a second, how much is left.
/// </summary>
sealed class ProgressLine : IDisposable
{
    readonly Timer timer;
    readonly TextWriter error;
    readonly Func<(Totals Totals, long Read)> state;
    readonly long length, start = Environment.TickCount64;
    readonly bool isTerminal;
    bool shown;

    /// <param name="length">Of the input in bytes; -1 when it is not known.</param>
    public ProgressLine(TextWriter error, bool isTerminal, long length, Func<(Totals, long)> state)
    {
        this.error = error;
        this.isTerminal = isTerminal;
        this.length = length;
        this.state = state;
        var every = isTerminal ? 1000 : 10_000;
        timer = new Timer(_ => Show(), null, every, every);
    }

    void Show()
    {
        var (totals, read) = state();
        var seconds = Math.Max(1, (Environment.TickCount64 - start) / 1000);
        var rate = totals.Claims / seconds;
        var left = length > 0 && read > 0 ? $", {read * 100 / length} %, {Left(seconds, read)} left" : "";
        error.Write(string.Create(CultureInfo.InvariantCulture,
            $"{(isTerminal ? "\r" : "")}{totals.Claims:N0} claims, {rate:N0}/s, "
                + $"{totals.Findings[2]:N0} errors{left}{(isTerminal ? "   " : "\n")}"));
        shown = true;
    }

    string Left(long seconds, long read)
    {
        var left = TimeSpan.FromSeconds(seconds * (length - read) / read);
        return left.TotalHours >= 1 ? $"{(int)left.TotalHours} h {left.Minutes} min"
            : left.TotalMinutes >= 1 ? $"{left.Minutes} min {left.Seconds} s"
            : $"{left.Seconds} s";
    }

    public void Dispose()
    {
        timer.Dispose();
        if (shown && isTerminal) error.WriteLine();
    }
}
