using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;

namespace Deltoid.Web.Tests;

/// <summary>The site of static files, made once for all tests, as <c>scripts/site</c> makes it.</summary>
static class MadeSite
{
    static readonly Lazy<string> Made = new(Make);

    /// <summary>Its folder.</summary>
    public static string Folder => Made.Value;

    static string Make()
    {
        var folder = Directory.CreateTempSubdirectory("deltoid-site-").FullName;
        AtTheEnd.Do(() => Directory.Delete(folder, recursive: true));
        var start = new ProcessStartInfo(Path.Combine(Repository.Root, "scripts", "site"), [folder])
        {
            RedirectStandardError = true,
        };
        start.Environment["DELTOID_BUILT"] = "1"; // the build of the tests made what the site is made by
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, error);
        return folder;
    }

    /// <summary>A host that knows nothing of the site but the headers that its own file names.</summary>
    public static async Task<WebApplication> Serve()
    {
        var headers = File.ReadLines(Path.Combine(Folder, "_headers")).Where(static line => line.StartsWith(' '))
            .Select(static line => line.Trim().Split(": ", 2)).ToList();
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Use((context, next) =>
        {
            foreach (var header in headers) context.Response.Headers[header[0]] = header[1];
            return next(context);
        });
        var files = new PhysicalFileProvider(Folder);
        app.UseDefaultFiles(new DefaultFilesOptions { FileProvider = files });
        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = files, ServeUnknownFileTypes = true,
            ContentTypeProvider = new FileExtensionContentTypeProvider(),
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }
}
