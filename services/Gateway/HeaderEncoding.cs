using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace MsaAspire.Gateway;

/// <summary>
/// Header values pass through in both directions byte by byte, whatever their encoding is: in Latin-1 each byte is one character. What a value
/// means, and whether it is valid, is the decision of the service.
/// </summary>
internal static class HeaderEncoding
{
    public static void AddHeaderEncoding(this WebApplicationBuilder builder) => builder.Services.Configure<KestrelServerOptions>(kestrel =>
        kestrel.RequestHeaderEncodingSelector = kestrel.ResponseHeaderEncodingSelector = _ => Encoding.Latin1);

    public static void UseHeaderEncoding(this SocketsHttpHandler handler) =>
        handler.RequestHeaderEncodingSelector = handler.ResponseHeaderEncodingSelector = (_, _) => Encoding.Latin1;
}
