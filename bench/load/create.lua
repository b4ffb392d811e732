-- Creates machines over OCCI. `wrk ... -- N` stops after about N of them.
local body = 'Category: compute; scheme="http://schemas.ogf.org/occi/infrastructure#"; class="kind"\n'
    .. 'Category: tiny; scheme="http://hansa.local/occi/infrastructure/os_tpl#"; class="mixin"\n'
    .. 'Category: small; scheme="http://schemas.ogf.org/occi/infrastructure/compute/template/1.1#"; class="mixin"\n'
    .. 'X-OCCI-Attribute: occi.core.title="load"\n'

local wanted, made = nil, 0

function init(args)
    if args[1] then wanted = tonumber(args[1]) end
    wrk.headers["Content-Type"] = "text/plain"
end

function request()
    return wrk.format("POST", nil, nil, body)
end

function response(status)
    if status == 201 then made = made + 1 end
    if wanted and made >= wanted then wrk.thread:stop() end
end
