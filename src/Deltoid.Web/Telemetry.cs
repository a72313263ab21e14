using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Deltoid.Web;

/// <summary>
/// What a collector of OpenTelemetry gets, where one is named (<c>--otlp</c>): which route took how long and how it
/// ended, chunks and claims that were checked. Routes as they are written, never addresses, fields or names, so that no
/// patient gets there.
/// </summary>
static class Telemetry
{
    const string Name = "Deltoid";

    static readonly ActivitySource Spans = new(Name);
    static readonly Meter Figures = new(Name);
    static readonly Counter<long> Claims = Figures.CreateCounter<long>("deltoid.claims.checked");
    static readonly Histogram<double> Requests = Figures.CreateHistogram<double>("deltoid.request.duration", "s");
    static readonly Histogram<double> Chunks = Figures.CreateHistogram<double>("deltoid.chunk.duration", "s");

    public static void Add(IServiceCollection services, ServeOptions options, string service)
    {
        if (options.Otlp is { } collector) Export(services, collector.TrimEnd('/'), service);
    }

    /// <summary>A method of its own: what speaks to a collector is loaded where there is one.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    static void Export(IServiceCollection services, string collector, string service) =>
        services.AddOpenTelemetry().ConfigureResource(resource => resource.Clear().AddService(service))
            // the server's own span of a request is not recorded: what is inside would not be either
            .WithTracing(tracing => tracing.AddSource(Name).SetSampler(new AlwaysOnSampler())
                .AddOtlpExporter(o => Send(o, collector + "/v1/traces")))
            .WithMetrics(metrics => metrics.AddMeter(Name, "System.Runtime")
                .AddOtlpExporter(o => Send(o, collector + "/v1/metrics")));

    static void Send(OtlpExporterOptions to, string address) =>
        (to.Protocol, to.Endpoint) = (OtlpExportProtocol.HttpProtobuf, new(address));

    /// <summary>A request, by its route.</summary>
    public static async Task Watch(HttpContext context, RequestDelegate next)
    {
        var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "";
        var method = HttpMethods.GetCanonicalizedValue(context.Request.Method);
        if (!Spans.HasListeners() && !Requests.Enabled)
        {
            await next(context);
            return;
        }
        using var span = Spans.StartActivity($"{method} {route}", ActivityKind.Server);
        var began = Stopwatch.GetTimestamp();
        try
        {
            await next(context);
        }
        finally
        {
            var status = context.Response.StatusCode;
            span?.SetTag("http.request.method", method).SetTag("http.route", route)
                .SetTag("http.response.status_code", status);
            if (status >= 500) span?.SetStatus(ActivityStatusCode.Error);
            Requests.Record(Stopwatch.GetElapsedTime(began).TotalSeconds, new("http.route", route),
                new("http.response.status_code", status));
        }
    }

    /// <summary>A chunk of a large file, by its numbers.</summary>
    public static async Task WatchChunk(long jobId, int number, Func<Task<int>> check)
    {
        using var span = Spans.StartActivity("check chunk");
        span?.SetTag("deltoid.job", jobId).SetTag("deltoid.chunk", number);
        var began = Stopwatch.GetTimestamp();
        var claims = await check();
        span?.SetTag("deltoid.claims", claims);
        Claims.Add(claims);
        Chunks.Record(Stopwatch.GetElapsedTime(began).TotalSeconds);
    }
}
