using NetEscapades.AspNetCore.SecurityHeaders;
using Scalar.AspNetCore;

namespace Deltoid.Web.Api;

/// <summary>
/// The OpenAPI document as a page (Scalar), wholly from this server. It shows nobody's data; its script writes styles
/// into the page, which no other page may.
/// </summary>
static class ApiPage
{
    const string Path = "/api";

    public static bool Is(HttpContext asked) => asked.Request.Path == Path || asked.Request.Path == Path + "/";

    public static void Allow(CspBuilder csp)
    {
        csp.AddScriptSrc().Self().WithNonce();
        csp.AddStyleSrc().Self().UnsafeInline();
        csp.AddImgSrc().Self().Data();
    }

    public static void Map(WebApplication app) => app.MapScalarApiReference(Path, static (options, context) => options
        .WithTitle("Deltoid API").WithOpenApiRoutePattern(ApiDocument.Path).WithNonce(context.GetNonce())
        .DisableDefaultFonts().DisableTelemetry().DisableAgent().DisableMcp().HideDeveloperTools()
        .HideClientButton()).ForAnyProgram();
}
