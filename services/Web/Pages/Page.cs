using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MsaAspire.Web.Pages;

/// <summary>A component rendered as a whole page.</summary>
internal static class Page
{
    /// <summary>Adds static server rendering of Razor components, without services that would make replicas differ.</summary>
    public static void AddPages(this IServiceCollection services)
    {
        services.AddRazorComponents();
        // Korean as it is written: as character references it would take three times the bytes.
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        // Rendering components adds data protection, which would read and write its keys at startup. No page uses it.
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        foreach (var start in services.Where(s => s.ImplementationType?.Name == "DataProtectionHostedService").ToList())
            services.Remove(start);
    }

    public static RazorComponentResult<T> Of<T>(object? parameters = null, int status = StatusCodes.Status200OK) where T : IComponent =>
        new(parameters ?? new { }) { StatusCode = status, PreventStreamingRendering = true };
}
